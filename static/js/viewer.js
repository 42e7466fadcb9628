// The page viewer: pages turn by key and link without leaving full screen. Every address also works by itself; when
// anything goes wrong here, the browser simply goes to it.

const KEYS_OFF = "viewer-keys-off";
const TURNS = {
  ArrowLeft: "previous",
  PageUp: "previous",
  ArrowRight: "next",
  PageDown: "next",
  Home: "first",
  End: "last",
};

const viewer = document.querySelector("[data-viewer]");
const turned = document.querySelector("[data-turned]");
let turning = null;
let pressed = Promise.resolve();
let waiting = 0;
let shown = location.pathname + location.search;

const link = (name) => viewer.querySelector(`a[data-go="${name}"]`);

async function fetched(address, signal) {
  const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-viewer]");
  if (!answer.ok || !fresh) throw new Error("no page of the viewer");
  return { page, fresh };
}

function replace({ page, fresh }) {
  const focused = viewer.contains(document.activeElement) ? document.activeElement : null;
  const open = [...viewer.querySelectorAll("details")].map((details) => details.open);
  viewer.className = fresh.className;
  viewer.replaceChildren(...fresh.childNodes);
  viewer.querySelectorAll("details").forEach((details, index) => (details.open = open[index] ?? false));
  document.title = page.title;
  for (const other of ["nav a[hreflang]", "link[rel=canonical]"]) {
    document.querySelector(other)?.setAttribute("href", page.querySelector(other)?.getAttribute("href") ?? "");
  }
  turned.textContent = fresh.dataset.announce;
  if (focused) (link(focused.dataset.go) ?? viewer.querySelector("[data-stage]")).focus({ preventScroll: true });
  settle();
}

async function turn(address, { remember = true } = {}) {
  turning?.abort();
  turning = new AbortController();
  if (remember && address !== location.href) history.pushState(null, "", address);
  shown = location.pathname + location.search;
  try {
    replace(await fetched(address, turning.signal));
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
    return;
  }
  if (viewer.getBoundingClientRect().top < 0) viewer.scrollIntoView({ behavior: "instant" });
}

function zoom(step) {
  const sizes = [...viewer.querySelectorAll("a[data-zoom]")];
  const now = sizes.findIndex((size) => size.hasAttribute("aria-current"));
  return sizes[now + step];
}

function fullScreen() {
  if (document.fullscreenElement) document.exitFullscreen();
  else viewer.requestFullscreen().catch(() => {}); // refused by the browser: nothing to do about it
}

function keysWanted() {
  try {
    return localStorage.getItem(KEYS_OFF) === null;
  } catch {
    return true;
  }
}

function wantKeys(wanted) {
  try {
    if (wanted) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

// What a freshly placed page needs: the reader's choice about keys, and no button that cannot work.
function settle() {
  const box = viewer.querySelector("[data-keys]");
  if (box) box.checked = keysWanted();
  const button = viewer.querySelector("[data-full]");
  if (button) button.hidden = !document.fullscreenEnabled;
}

const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null;

function scrollsSideways(target) {
  const stage = target.closest("[data-stage]");
  return stage !== null && stage.scrollWidth > stage.clientWidth;
}

function wayOf(key) {
  if (key === "+" || key === "=") return zoom(1);
  if (key === "-" || key === "−") return zoom(-1);
  return TURNS[key] ? link(TURNS[key]) : null;
}

// Keys pressed quickly wait for each other, so that each acts on the page that the one before it brought.
function follow(key) {
  waiting += 1;
  pressed = pressed.then(async () => {
    const way = wayOf(key);
    if (way) await turn(way.href);
    waiting -= 1;
  });
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (!keysWanted() || typing(event.target)) return;
  if (event.key.toLowerCase() === "f") {
    event.preventDefault();
    fullScreen();
    return;
  }
  if (event.key.startsWith("Arrow") && scrollsSideways(event.target)) return;
  if (!wayOf(event.key) && !(waiting && event.key in TURNS)) return;
  event.preventDefault();
  if (!event.repeat) follow(event.key);
});

viewer.addEventListener("click", (event) => {
  if (event.target.closest("[data-full]")) fullScreen();
  const way = event.target.closest("a[data-go]");
  if (!way || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  turn(way.href);
});

viewer.addEventListener("change", (event) => {
  if (event.target.matches("[data-keys]")) wantKeys(event.target.checked);
});

// Going to a place within the page also comes here; only another page is fetched.
addEventListener("popstate", () => {
  if (location.pathname + location.search !== shown) turn(location.href, { remember: false });
});
settle();
