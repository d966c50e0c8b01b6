// Sorts and filters the table. Only what is shown is laid out, so that thousands of rows stay quick.

const STEP = 100;
const body = document.querySelector(".board tbody");
const columns = [...document.querySelectorAll("[data-sort]")].map((button) => button.dataset.sort);
const rows = [...body.rows].map((element, place) => {
  const cells = [...element.cells];
  const row = { element, place, department: element.dataset.department, words: cells[0].textContent.toLowerCase() };
  columns.forEach((name, index) => {
    const text = name === "title" ? cells[0].firstElementChild.textContent : cells[index].textContent;
    row[name] = /^[\d.]+$/.test(text) && name !== "title" ? Number(text) : text;
  });
  return row;
});
const find = document.getElementById("find");
const undecided = document.getElementById("undecided");
const filters = [...document.querySelectorAll("[data-filter]")];
const more = document.getElementById("more");
const shown = document.getElementById("shown");
const order = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
let sort = { key: "", down: false };
let limit = STEP;

function compare(a, b) {
  const left = a[sort.key];
  const right = b[sort.key];
  if (left === right) return a.place - b.place;
  if (left === "" || right === "") return left === "" ? 1 : -1; // what is not known comes last either way
  const found = typeof left === "number" && typeof right === "number" ? left - right : order.compare(left, right);
  return (sort.down ? -found : found) || a.place - b.place;
}

function wanted() {
  const words = find.value.trim().toLowerCase().split(/\s+/);
  return rows.filter(
    (row) =>
      words.every((word) => row.words.includes(word)) &&
      filters.every((filter) => !filter.value || row[filter.dataset.filter] === filter.value) &&
      (!undecided.checked || row.open > 0),
  );
}

function draw() {
  const found = wanted();
  if (sort.key) found.sort(compare);
  body.replaceChildren(...found.slice(0, limit).map((row) => row.element));
  const count = found.length.toLocaleString("en");
  shown.textContent =
    found.length === rows.length ? `${count} postings` : `${count} of ${rows.length.toLocaleString("en")} postings`;
  more.hidden = found.length <= limit;
  more.textContent = `Show ${Math.min(STEP, found.length - limit)} more`;
}

function anew() {
  limit = STEP;
  draw();
}

for (const button of document.querySelectorAll("[data-sort]")) {
  button.addEventListener("click", () => {
    const first = button.dataset.first === "descending";
    sort = { key: button.dataset.sort, down: sort.key === button.dataset.sort ? !sort.down : first };
    for (const heading of document.querySelectorAll(".board thead th")) heading.removeAttribute("aria-sort");
    button.parentElement.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
    anew();
  });
}
for (const field of [find, undecided, ...filters]) field.addEventListener("input", anew);
more.addEventListener("click", () => {
  const next = limit;
  limit += STEP;
  draw();
  const link = body.rows[next]?.querySelector("a");
  if (link) link.focus();
});
window.addEventListener("beforeprint", () => {
  limit = rows.length;
  draw();
});
draw();
document.documentElement.classList.add("scripts");
document.querySelector(".board").classList.add("ready");
