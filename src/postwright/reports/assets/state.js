/* What the person chose so far, kept in the browser under this review's own key, and told to whoever listens. */

const books = JSON.parse(document.getElementById("books").textContent);
const STORE = `postwright:${books.key}`;
const STATES = ["pending", "accepted", "rejected", "edited"];
const listeners = [];
let remembers = true;
let touched = false;

const state = {
  choices: Object.fromEntries(books.decisions.map(({ id, state: now, text }) => [id, { state: now, text }])),
  answers: Object.fromEntries(books.questions.map(({ id, status, text }) => [id, { status, text }])),
  by: "",
};

function restore() {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(STORE) || "null");
    localStorage.setItem(STORE, JSON.stringify(kept || state));
  } catch {
    remembers = false;
  }
  if (!kept || typeof kept !== "object") return;
  for (const [id, choice] of Object.entries(kept.choices || {})) {
    const fits = choice && STATES.includes(choice.state) && typeof choice.text === "string";
    if (fits && id in state.choices) state.choices[id] = { state: choice.state, text: choice.text };
  }
  for (const [id, answer] of Object.entries(kept.answers || {})) {
    const fits = answer && typeof answer.status === "string" && typeof answer.text === "string";
    if (fits && id in state.answers) state.answers[id] = { status: answer.status, text: answer.text };
  }
  if (typeof kept.by === "string") state.by = kept.by;
}

function keep() {
  try {
    localStorage.setItem(STORE, JSON.stringify(state));
  } catch {
    remembers = false;
  }
}

function tell() {
  touched = true;
  keep();
  for (const listener of listeners) listener();
}

function choose(id, now, text = "") {
  state.choices[id] = { state: now, text };
}

function openDecisions() {
  return books.decisions.filter(({ id }) => state.choices[id].state === "pending");
}

function isAnswered({ id }) {
  const { status, text } = state.answers[id];
  return status !== books.value || text.trim() !== "";
}

function say(words) {
  document.getElementById("live").textContent = words;
}

/* A person's words on one line, without characters that nobody sees. */
function oneLine(text) {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

const LONGEST = 600;
const MARKUP = /[<>{}[\]`|\\]|\*\*|__|~~/;
const LINK = /https?:\/\/|www\.|mailto:/i;
const LIST_MARK = /^(?:#{1,6}\s|[-*+]\s|\d{1,3}[.)]\s|>|-{3,}|={3,}|\*{3,}|:::|~~~|@@)/;
const NEXT_STEP = /;\s*(?:accept|reject|edit|undo)\s/i;

/* Why these words cannot stand in the draft, or an empty text: the rules of settle, told before they are sent. */
function problemOf(text) {
  if (!text) return "Write the words that should stand there.";
  if ([...text].length > LONGEST) return `Keep it under ${LONGEST} characters.`;
  if (LINK.test(text)) return "Leave the web address out: links are not changed here.";
  if (MARKUP.test(text)) return "Leave out < > { } [ ] ` | \\ ** __ and ~~: plain words only.";
  if (LIST_MARK.test(text)) return "Start with a word, not with a list mark.";
  if (NEXT_STEP.test(text)) return "Put the words after the semicolon in another way.";
  return "";
}
