/* Decisions and questions: what is pressed and written changes the state, and the state shows in the cards. */

function bindChoice(item) {
  const id = item.dataset.decision;
  const own = item.querySelector(".own");
  const words = own && own.querySelector("textarea");
  const settleEdit = () => {
    const text = oneLine(words.value);
    const wrong = problemOf(text);
    own.querySelector(".wrong").textContent = wrong;
    words.setAttribute("aria-invalid", String(wrong !== ""));
    choose(id, wrong ? "pending" : "edited", wrong ? "" : text);
    item.classList.toggle("editing", true);
    tell();
  };
  item.addEventListener("change", (event) => {
    if (event.target.type !== "radio") return;
    if (event.target.value === "edited") {
      settleEdit();
      words.focus();
      words.select();
    } else {
      item.classList.remove("editing");
      choose(id, event.target.value);
      tell();
    }
    announce(id);
  });
  if (words) words.addEventListener("input", settleEdit);
  item.querySelector(".undo").addEventListener("click", () => {
    item.classList.remove("editing");
    choose(id, "pending");
    tell();
    announce(id);
    item.querySelector("input[type=radio]").focus();
  });
}

function showChoice(item) {
  const now = state.choices[item.dataset.decision].state;
  const editing = item.classList.contains("editing") || now === "edited";
  for (const radio of item.querySelectorAll("input[type=radio]")) {
    radio.checked = radio.value === now || (radio.value === "edited" && editing);
  }
  item.dataset.state = now;
  item.querySelector(".undo").hidden = now === "pending" && !editing;
  const own = item.querySelector(".own");
  if (own) own.hidden = !editing;
  const see = item.querySelector(".see");
  if (see) see.hidden = document.querySelector(see.getAttribute("href")).hidden;
}

function restoreWords(item) {
  const { state: now, text } = state.choices[item.dataset.decision];
  const words = item.querySelector(".own textarea");
  if (words && now === "edited") words.value = text;
}

function bindCard(card) {
  for (const button of card.querySelectorAll("[data-all]")) {
    button.addEventListener("click", () => {
      const items = [...card.querySelectorAll(".choice")];
      for (const item of items) {
        item.classList.remove("editing");
        const allowed = item.querySelector(`input[value=${button.dataset.all}]`);
        if (allowed) choose(item.dataset.decision, button.dataset.all);
      }
      tell();
      say(`${items.length} decisions ${button.dataset.all}. ${progressWords()}`);
    });
  }
}

function announce(id) {
  const now = state.choices[id].state;
  say(`Decision ${id.slice(1)} ${now === "pending" ? "is open" : now}. ${progressWords()}`);
}

/* Everything on the page that waits for the person, and how much of it is done. */
function progress() {
  const choices = [...document.querySelectorAll(".choice")].map((item) => item.dataset.decision);
  const open = choices.filter((id) => state.choices[id].state === "pending").length;
  const unanswered = books.questions.filter((question) => !isAnswered(question)).length;
  const total = choices.length + books.questions.length;
  return { total, done: total - open - unanswered, open, unanswered };
}

function progressWords() {
  const { done, total } = progress();
  return `${done} of ${total} done.`;
}

function bindQuestion(item) {
  const question = books.questions[Number(item.dataset.question)];
  const text = item.querySelector("textarea");
  const status = item.querySelector("select");
  const radios = [...item.querySelectorAll("input[type=radio]")];
  const answer = state.answers[question.id];
  text.value = answer.text;
  status.value = answer.status;
  const note = () => {
    state.answers[question.id] = { status: status.value, text: text.value };
    for (const radio of radios) radio.checked = radio.value === text.value;
    item.querySelector(".wrong").textContent = fillBlank(question);
    item.classList.toggle("answered", isAnswered(question));
    tell();
  };
  for (const radio of radios) {
    radio.addEventListener("change", () => {
      text.value = radio.value;
      status.value = books.value;
      note();
    });
  }
  text.addEventListener("input", () => {
    if (text.value.trim()) status.value = books.value;
    note();
  });
  status.addEventListener("change", note);
  for (const radio of radios) radio.checked = radio.value === text.value;
  item.classList.toggle("answered", isAnswered(question));
}

/* The answer in the empty place of the draft that waits for it. Says why it cannot stand there. */
function fillBlank(question) {
  if (!question.blank) return "";
  const { status, text } = state.answers[question.id];
  if (status === "not applicable" || status === "do not publish") {
    choose(question.blank, "rejected");
    return "";
  }
  const said = oneLine(text);
  const wrong = status === books.value && said ? problemOf(introduced(question.label, said)) : "";
  if (status !== books.value || !said || wrong) choose(question.blank, "pending");
  else choose(question.blank, "edited", introduced(question.label, said));
  return wrong ? `Kept for the next draft, but not set in this one. ${wrong}` : "";
}

function introduced(label, said) {
  const known = !label || said.toLowerCase().startsWith(label.toLowerCase());
  return known ? said : `${label}: ${said}`;
}

function showProgress() {
  const { total, done, open, unanswered } = progress();
  for (const place of document.querySelectorAll("[data-progress]")) place.textContent = `${done} of ${total} done`;
  for (const bar of document.querySelectorAll("progress")) {
    bar.max = total;
    bar.value = done;
  }
  setCount("choices", open);
  setCount("questions", unanswered);
  for (const button of document.querySelectorAll(".next")) button.disabled = !nextOpen();
}

function setCount(name, number) {
  for (const place of document.querySelectorAll(`[data-count=${name}]`)) {
    place.textContent = number || "✓";
    place.classList.toggle("done", number === 0);
  }
}

/* The first card or question in the page's order that waits. */
function nextOpen() {
  return [...document.querySelectorAll(".choice, .question")].find((item) =>
    item.dataset.decision ? item.dataset.state === "pending" : !item.classList.contains("answered"),
  );
}

function goToNext() {
  const item = nextOpen();
  if (!item) return;
  for (let outer = item.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
  item.querySelector("input, textarea").focus({ preventScroll: true });
  item.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
