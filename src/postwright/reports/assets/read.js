/* The two columns: they follow the decisions, and pointing at one side shows the other. */

const wide = matchMedia("(min-width: 60rem)");
const setWords = new Map();

function showDraft() {
  for (const section of books.sections) {
    for (const line of section.lines) showLine(line);
  }
  for (const block of document.querySelectorAll(".draft .block")) {
    block.hidden = !block.querySelector(".line:not([hidden])");
  }
  for (const fix of document.querySelectorAll("[data-fix]")) fix.dataset.state = state.choices[fix.dataset.fix].state;
  showFates();
  showSteps();
}

function showLine(data) {
  const line = document.getElementById(data.id);
  if (!line || !data.decision) return;
  const piece = pieceOf(data, state.choices);
  line.hidden = piece === null;
  const pending = state.choices[data.decision].state === "pending";
  const marked = pending && line.matches(".proposal, .blank, .answered");
  line.classList.toggle("pending", marked);
  const mark = line.querySelector(".mark");
  if (mark) mark.hidden = !marked;
  const words = line.querySelector(".words");
  if (!setWords.has(line)) setWords.set(line, words.innerHTML);
  if (piece && piece.own) words.textContent = piece.words;
  else words.innerHTML = setWords.get(line);
}

/* What was left out and is kept after all says so, and the promise counts it. */
function showFates() {
  let back = 0;
  for (const row of document.querySelectorAll(".row[data-fate=removed]")) {
    const stands = linked(row).some((line) => !line.hidden);
    back += stands ? 1 : 0;
    row.classList.toggle("back", stands);
    row.querySelector(".chip").textContent = stands ? "kept" : "left out";
  }
  showPromise(back);
}

/* How many removed sentences stood in the draft when the page was made: the promise was counted then. */
let backAtFirst = 0;

function countBack() {
  backAtFirst = [...document.querySelectorAll(".row[data-fate=removed]")].filter((row) =>
    linked(row).some((line) => !line.hidden),
  ).length;
}

function showPromise(back) {
  const { used, left } = document.querySelector(".promise").dataset;
  const now = Number(left) + backAtFirst - back;
  for (const said of document.querySelectorAll(".promise .words-said")) {
    said.textContent = said.textContent
      .replace(/\d+ used/, `${Number(used) + Number(left) - now} used`)
      .replace(/(?:\d+|none) left out(?: \(listed\))?/, now ? `${now} left out (listed)` : "none left out");
  }
}

function showSteps() {
  for (const step of document.querySelectorAll("[data-step]")) {
    const now = state.choices[step.dataset.step].state;
    step.classList.toggle("hatched", now === "pending");
    step.classList.toggle("solid", now === "accepted" || now === "edited");
  }
}

function linked(item) {
  return (item.dataset.links || "").split(" ").filter(Boolean).map((id) => document.getElementById(id));
}

let lit = [];

function light(item) {
  for (const old of lit) old.classList.remove("lit");
  lit = item ? [item, ...linked(item).filter((other) => other && !other.hidden)] : [];
  for (const now of lit) now.classList.add("lit");
}

/* Brings the first counterpart into its own column, and moves nothing else. */
function reveal(item) {
  const other = lit.find((candidate) => candidate !== item);
  const column = other && other.closest(".column");
  if (!column || !wide.matches) return;
  const room = column.getBoundingClientRect();
  const place = other.getBoundingClientRect();
  if (place.top >= room.top && place.bottom <= room.bottom) return;
  const top = column.scrollTop + place.top - room.top - room.height / 3;
  column.scrollTo({ top, behavior: calm() ? "auto" : "smooth" });
}

function peek(item) {
  const box = document.getElementById("peek");
  const others = lit.filter((other) => other !== item);
  box.hidden = wide.matches || !others.length;
  if (box.hidden) return;
  box.querySelector(".peek-title").textContent = item.matches(".line") ? "Came from" : "In the draft";
  const words = others.map((other) => {
    const paragraph = document.createElement("p");
    paragraph.dir = "auto";
    paragraph.textContent = other.querySelector(".words").textContent;
    return paragraph;
  });
  box.querySelector(".peek-words").replaceChildren(...words);
}

function bindColumns() {
  let waiting = 0;
  const point = (item) => {
    clearTimeout(waiting);
    light(item);
    if (item) waiting = setTimeout(() => reveal(item), 150);
  };
  for (const column of document.querySelectorAll(".columns")) {
    column.addEventListener("pointerover", (event) => {
      if (event.pointerType === "mouse") point(event.target.closest(".row, .line"));
    });
    column.addEventListener("pointerleave", () => point(null));
    column.addEventListener("focusin", (event) => point(event.target.closest(".row, .line")));
    column.addEventListener("focusout", () => point(null));
    column.addEventListener("click", (event) => {
      const item = event.target.closest(".row, .line");
      if (!item || event.target.closest("a")) return;
      light(item);
      peek(item);
    });
  }
  const box = document.getElementById("peek");
  box.querySelector("button").addEventListener("click", () => {
    box.hidden = true;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") box.hidden = true;
  });
}
