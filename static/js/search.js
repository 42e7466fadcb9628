// The result page: a changed filter is applied at once, and the reader comes back to where they were.

const PLACE = "search-place";

const form = document.querySelector("[data-search]");
const fold = document.querySelector("[data-filters]");

function remember(box) {
  const place = { id: box.id, top: window.scrollY, open: fold?.open ?? false };
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  } catch {
    // A browser that keeps nothing only forgets the place.
  }
}

function remembered() {
  try {
    const place = JSON.parse(sessionStorage.getItem(PLACE));
    sessionStorage.removeItem(PLACE);
    return place;
  } catch {
    return null;
  }
}

function comeBack(place) {
  if (fold) fold.open = place.open;
  const box = document.getElementById(place.id);
  box?.closest("details")?.setAttribute("open", "");
  box?.focus({ preventScroll: true });
  window.scrollTo({ top: place.top, behavior: "instant" });
}

function announce() {
  const line = document.querySelector("[data-announce]");
  if (line) line.textContent = line.dataset.announce;
}

const place = remembered();
if (place) {
  comeBack(place);
  setTimeout(announce, 300); // later than the reading of the title, or it is talked over
}

form?.addEventListener("change", (event) => {
  if (event.target.type !== "checkbox") return;
  remember(event.target);
  form.requestSubmit();
});

// Fields left empty stay out of the address, so that it is short enough to be read out and kept.
form?.addEventListener("formdata", (event) => {
  for (const name of ["tu", "den"]) {
    if (!event.formData.get(name)) event.formData.delete(name);
  }
});
