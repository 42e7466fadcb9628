// Keeps the draft while it is being written: a moment after a field has changed, the form is sent as "Lưu nháp" would
// send it, without its files. Without this script the buttons do the same.

const form = document.querySelector("#phieu");
const said = document.querySelector("#kept");
const PAUSE = 1500;
let timer = 0;

async function keep() {
  const content = new FormData(form);
  content.delete("files");
  content.set("act", "save");
  try {
    const answer = await fetch(form.action, { method: "POST", body: content, redirect: "manual" });
    said.textContent = answer.type === "opaqueredirect" || answer.ok ? form.dataset.kept : form.dataset.notKept;
  } catch {
    said.textContent = form.dataset.notKept;
  }
}

function later() {
  clearTimeout(timer);
  said.textContent = "";
  timer = setTimeout(keep, PAUSE);
}

if (form && said) {
  form.addEventListener("input", (event) => {
    if (event.target.type !== "file") later();
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
