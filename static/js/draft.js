// Keeps the draft while it is being written: a moment after a field has changed, the form is sent as "Lưu nháp" would
// send it, without its files. Without this script the buttons do the same. When the session has ended meanwhile, nothing
// is sent that the site would throw away: the page says so, waits for a sign-in in another tab, and goes on from there.

const form = document.querySelector("#phieu");
const said = document.querySelector("#kept");
const PAUSE = 1500;
let timer = 0;
let signedOut = false;

function tell(words) {
  said.textContent = words;
}

function tellSignedOut() {
  signedOut = true;
  const way = document.createElement("a");
  way.href = form.dataset.signInUrl;
  way.target = "_blank";
  way.textContent = form.dataset.signIn;
  said.replaceChildren(`${form.dataset.signedOut} `, way);
}

// The form as the site shows it now; null for whoever is not signed in.
async function fresh() {
  const answer = await fetch(form.action);
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#phieu");
}

async function keep() {
  const content = new FormData(form);
  content.delete("files");
  content.set("act", "save");
  try {
    const answer = await fetch(form.action, { method: "POST", body: content });
    if (answer.ok && new URL(answer.url).searchParams.has("kept")) tell(form.dataset.kept);
    else if (answer.status === 422 || (await fresh())) tell(form.dataset.notKept);
    else tellSignedOut();
  } catch {
    tell(form.dataset.notKept);
  }
}

function later() {
  if (signedOut) return;
  clearTimeout(timer);
  tell("");
  timer = setTimeout(keep, PAUSE);
}

async function goOn() {
  if (!signedOut) return;
  signedOut = false;
  const known = await fresh().catch(() => null);
  if (!known) return tellSignedOut();
  form.elements.csrf_token.value = known.elements.csrf_token.value;
  await keep();
}

if (form && said) {
  form.addEventListener("input", (event) => {
    if (event.target.type !== "file") later();
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!signedOut) return;
    event.preventDefault();
    said.querySelector("a")?.focus();
  });
  addEventListener("focus", goOn);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) goOn();
  });
}
