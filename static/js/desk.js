// Keyboard of the desk: j and k move through the queue, o opens, x chooses, / goes to the code. On the page of a case the
// letter of a step opens its form, n goes to the notes, q back to the queue. Nothing here is needed: every key has a
// button or a link. A letter of the archive can be put into the answer with its button, or copied by hand.

const rows = [...document.querySelectorAll("[data-row]")];
const STEPS = {
  r: ["receive"], g: ["assign"], p: ["propose", "decide"], d: ["decide"], b: ["ask-supplement"], v: ["reply"],
};
let at = -1;

function move(by) {
  at = Math.min(Math.max(at + by, 0), rows.length - 1);
  rows[at]?.focus();
}

function openStep(ids) {
  const step = ids.map((id) => document.getElementById(id)).find(Boolean);
  if (!step) return;
  step.open = true;
  step.scrollIntoView({ block: "nearest" });
  step.querySelector("form :is(input:not([type=hidden]), select, textarea, button)")?.focus();
}

const IN_QUEUE = {
  j: () => move(1),
  k: () => move(-1),
  o: () => rows[at]?.click(),
  x: () => rows[at]?.closest("tr").querySelector("input[type=checkbox]").click(),
};
const ANYWHERE = {
  "/": () => document.getElementById("code")?.focus(),
  n: () => document.getElementById("note")?.focus(),
  q: () => document.getElementById("back")?.click(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
  if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
  const act = (rows.length && IN_QUEUE[event.key]) || ANYWHERE[event.key];
  if (act) {
    event.preventDefault(); // else the letter is typed into the field that has just got the focus
    act();
  } else if (STEPS[event.key]) {
    event.preventDefault();
    openStep(STEPS[event.key]);
  }
});

for (const button of document.querySelectorAll("[data-letter]")) {
  button.addEventListener("click", () => {
    const answer = document.getElementById("words-reply");
    const letter = document.getElementById(button.dataset.letter).textContent.trim();
    answer.value = answer.value.trim() ? `${answer.value.trim()}\n\n${letter}` : letter;
    answer.focus();
  });
}
