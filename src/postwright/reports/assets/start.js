/* Everything is on the page already; the script only makes it answer. */

document.documentElement.classList.add("scripts");
countBack();
restore();
for (const item of document.querySelectorAll(".choice")) {
  restoreWords(item);
  bindChoice(item);
}
for (const card of document.querySelectorAll(".card")) bindCard(card);
for (const item of document.querySelectorAll(".question")) bindQuestion(item);
for (const button of document.querySelectorAll(".next")) button.addEventListener("click", goToNext);
bindColumns();
bindExports();
listeners.push(
  showDraft,
  () => {
    for (const item of document.querySelectorAll(".choice")) showChoice(item);
  },
  showProgress,
  showExports,
);
for (const listener of listeners) listener();
addEventListener("beforeprint", () => {
  for (const hidden of document.querySelectorAll("details")) hidden.open = true;
});
addEventListener("beforeunload", (event) => {
  if (!remembers && touched) event.preventDefault();
});
