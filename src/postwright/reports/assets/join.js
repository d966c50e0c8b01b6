/* How pieces become one text: the rules of fidelity/render.py, and nothing else. A test holds both equal, byte for byte.
   `books` is what fragments.py made; `choices` maps a decision's id to {state, text}. */

const JOINTS = { i: (newline) => newline, x: () => "", p: () => " " };

/* The piece of a line that stands in the present state of its decision, or null. */
function pieceOf(line, choices) {
  const choice = line.decision ? choices[line.decision] : null;
  const piece = line.set[choice ? choice.state : ""];
  if (!piece) return null;
  return { line, lead: piece[0], words: piece[1] === null ? choice.text : piece[1], own: piece[1] === null };
}

function piecesOf(section, choices) {
  return section.lines.map((line) => pieceOf(line, choices)).filter((piece) => piece !== null);
}

function joinText(books, choices) {
  let text = books.front;
  let empty = true;
  let inline = false;
  const block = (words) => {
    text += (empty ? "" : books.newline + books.newline) + words;
    empty = false;
  };
  for (const section of books.sections) {
    const pieces = piecesOf(section, choices);
    if (pieces.length && section.heading) block(`## ${section.heading}`);
    let before = null;
    for (const piece of pieces) {
      const run = piece.line.run;
      if (before !== null && run && run === before) text += JOINTS[run[0]](books.newline);
      else block("");
      text += piece.lead + piece.words;
      before = run || "";
      inline = run === "x";
    }
  }
  return empty || inline ? text : text + books.newline;
}

function escapeHtml(text) {
  const names = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (character) => names[character]);
}

/* The same as formatted text, for a paste into a mail or an editor. */
function joinHtml(books, choices) {
  return books.sections
    .map((section) => {
      const pieces = piecesOf(section, choices);
      if (!pieces.length) return "";
      const heading = section.heading ? `<h2>${escapeHtml(section.heading)}</h2>` : "";
      return heading + (section.parts ? inlineHtml(section, pieces) : runsOf(pieces).map(runHtml).join(""));
    })
    .join("");
}

function inlineHtml(section, pieces) {
  const words = {};
  for (const { line, words: said } of pieces) {
    if (line.decision) words[line.decision] = (words[line.decision] || "") + escapeHtml(said);
  }
  return section.parts.map((part) => (typeof part === "number" ? words[`c${part}`] || "" : part)).join("");
}

function runsOf(pieces) {
  const runs = [];
  for (const piece of pieces) {
    const last = runs[runs.length - 1];
    if (last && piece.line.run && piece.line.run === last[0].line.run) last.push(piece);
    else runs.push([piece]);
  }
  return runs;
}

function runHtml(run) {
  const words = run.map(({ line, words: said, own }) => (own ? escapeHtml(said) : line.html));
  const { tag } = run[0].line;
  if (tag === "li") return `<ul>${words.map((item) => `<li>${item}</li>`).join("")}</ul>`;
  return tag ? `<${tag}>${words.join(" ")}</${tag}>` : words.join("");
}
