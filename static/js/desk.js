// Keyboard of the desk: j and k move through the queue, o opens, x chooses. On the page of a case the
// letter of a step opens its form. Nothing here is needed: every key has a button or a link.

const rows = [...document.querySelectorAll("[data-row]")];
const STEPS = { r: "receive", g: "assign", p: "propose", d: "decide", b: "ask-supplement", v: "reply" };
let at = -1;

function move(by) {
  at = Math.min(Math.max(at + by, 0), rows.length - 1);
  rows[at]?.focus();
}

function openStep(id) {
  const step = document.getElementById(id);
  if (!step) return;
  step.open = true;
  step.scrollIntoView({ block: "nearest" });
  step.querySelector("input:not([type=hidden]), select, textarea, button")?.focus();
}

const KEYS = {
  j: () => move(1),
  k: () => move(-1),
  o: () => rows[at]?.click(),
  x: () => rows[at]?.closest("tr").querySelector("input[type=checkbox]").click(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=checkbox]), select, textarea");
  if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (rows.length && KEYS[event.key]) KEYS[event.key]();
  else if (STEPS[event.key]) openStep(STEPS[event.key]);
});
