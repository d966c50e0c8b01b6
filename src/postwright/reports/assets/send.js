/* What leaves the page: always by the person's own hand, as text to paste or a file to save. */

const VERBS = { accepted: "accept", rejected: "reject" };

/* `accept 1-4,7; reject 2; edit 5: own words`: what settle reads. */
function decisionLine() {
  const steps = Object.entries(VERBS).map(([now, verb]) => {
    const numbers = numbersIn(now);
    return numbers.length ? `${verb} ${ranges(numbers)}` : "";
  });
  const undone = books.decisions.filter(isUndone).map(({ id }) => Number(id.slice(1)));
  if (undone.length) steps.push(`undo ${ranges(undone)}`);
  for (const number of numbersIn("edited")) steps.push(`edit ${number}: ${state.choices[`c${number}`].text}`);
  return steps.filter(Boolean).join("; ");
}

/* Settled when the page was made, and open again. What was open all along is not spoken of. */
function isUndone({ id, state: was }) {
  return was !== "pending" && state.choices[id].state === "pending";
}

function numbersIn(now) {
  return books.decisions.filter(({ id }) => state.choices[id].state === now).map(({ id }) => Number(id.slice(1)));
}

function ranges(numbers) {
  const runs = [];
  for (const number of numbers) {
    const last = runs[runs.length - 1];
    if (last && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs
    .flatMap(([first, last]) => (last - first > 1 ? [`${first}-${last}`] : first === last ? [first] : [first, last]))
    .join(",");
}

function decisionFile() {
  const decisions = books.decisions
    .filter((decision) => state.choices[decision.id].state !== "pending" || isUndone(decision))
    .map(({ id, key }) => ({ id, key, ...state.choices[id] }));
  return `${JSON.stringify({ file: books.path, digest: books.digest, decisions }, null, 1)}\n`;
}

/* A string as YAML: JSON's own quotes, with the line ends escaped that YAML knows and JSON does not. */
function yamlText(text) {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (c) => {
    return `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function answerFile() {
  const given = new Map(books.answers.map((answer) => [answer.id, answer]));
  const today = new Date().toISOString().slice(0, 10);
  const asked = books.questions.map((question) => {
    const entry = { ask: question.ask, why: question.why, ...state.answers[question.id] };
    const before = given.get(question.id);
    given.delete(question.id);
    const same = before && before.text === entry.text && before.status === entry.status;
    if (same) return [question.id, { ...entry, by: before.by, on: before.on }];
    return [question.id, isAnswered(question) ? { ...entry, by: oneLine(state.by), on: today } : entry];
  });
  const rest = [...given.values()].map(({ id, ...answer }) => [id, answer]);
  const lines = [`# Answers about ${oneLine(books.path)}`];
  for (const [id, entry] of [...asked, ...rest]) {
    lines.push(`${yamlText(id)}:`);
    for (const [name, value] of Object.entries(entry)) {
      if (value || name === "text") lines.push(`  ${name}: ${yamlText(value)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function save(name, text, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/* Formatted text without its markup, for editors that take only that. */
function plainOf(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const item of parsed.querySelectorAll("li")) item.prepend("• ");
  for (const cell of parsed.querySelectorAll("td")) cell.append("\t");
  for (const block of parsed.querySelectorAll("li, tr, br")) block.append("\n");
  for (const block of parsed.querySelectorAll("h1, h2, h3, h4, h5, h6, p, ul, ol, table, pre")) block.append("\n\n");
  return `${parsed.body.textContent.replace(/\n{3,}/g, "\n\n").trim()}\n`;
}

/* Sets all forms of the text on the clipboard. A browser that refuses gets the old way, then a field to copy from. */
async function copy(forms) {
  try {
    const blobs = Object.entries(forms).map(([type, text]) => [type, new Blob([text], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    return true;
  } catch {
    const fill = (event) => {
      event.preventDefault();
      for (const [type, text] of Object.entries(forms)) event.clipboardData.setData(type, text);
    };
    document.addEventListener("copy", fill, { once: true });
    const copied = document.execCommand("copy");
    document.removeEventListener("copy", fill);
    return copied;
  }
}

async function copyAndSay(button, forms) {
  const copied = await copy(forms);
  const words = button.textContent;
  say(copied ? "Copied." : "Your browser did not allow copying. Select the text and copy it yourself.");
  button.textContent = copied ? "Copied" : "Not copied";
  setTimeout(() => {
    button.textContent = words;
  }, 1_600);
}

function places(number) {
  return number === 1 ? "1 place is" : `${number} places are`;
}

function refuse() {
  const open = openDecisions().length;
  say(`${places(open)} still open in the text. Settle them first.`);
  document.getElementById("ready-note").classList.add("urgent");
}

const EXPORTS = {
  line: (button) => copyAndSay(button, { "text/plain": decisionLine() }),
  decisions: () => save(`${books.name}.decisions.json`, decisionFile(), "application/json"),
  answers: () => save("questions.yaml", answerFile(), "application/yaml"),
  markdown: () => {
    const settled = !openDecisions().length;
    save(settled ? `${books.name}.md` : "draft.md", joinText(books, state.choices), "text/markdown");
  },
  formatted: (button) => {
    if (openDecisions().length) return refuse();
    const html = joinHtml(books, state.choices);
    return copyAndSay(button, { "text/html": html, "text/plain": plainOf(html) });
  },
};

function bindExports() {
  for (const button of document.querySelectorAll("[data-export]")) {
    button.addEventListener("click", () => EXPORTS[button.dataset.export](button));
  }
  const by = document.getElementById("by");
  if (by) {
    by.value = state.by;
    by.addEventListener("input", () => {
      state.by = by.value;
      tell();
    });
  }
}

function showExports() {
  const line = document.getElementById("line");
  if (line) line.value = decisionLine() || "Nothing is settled yet.";
  const note = document.getElementById("ready-note");
  const open = openDecisions().length;
  if (note) {
    note.classList.toggle("urgent", note.classList.contains("urgent") && open > 0);
    note.textContent = open
      ? `${places(open)} still open in the text. Formatted text comes without gaps, so settle them first; the Markdown file shows each open place as a mark.`
      : "Everything is settled: this is the text as it will stand.";
  }
  const markdown = document.querySelector("[data-export=markdown]");
  if (markdown) markdown.textContent = open ? "Save as Markdown, with its marks" : "Save as Markdown";
  const formatted = document.querySelector("[data-export=formatted]");
  if (formatted) formatted.setAttribute("aria-disabled", String(open > 0));
  const kept = document.getElementById("kept");
  if (!kept) return;
  kept.textContent = remembers
    ? "What you do here is kept in this browser, and nowhere else."
    : "This browser does not keep what you do here: send it or save it before you close the page.";
}
