// Suggestions under the search box: a combobox with a list to choose from by hand (WAI-ARIA practices). Typing keeps
// working as in a plain field; nothing is chosen unless the reader goes down into the list.

const PAUSE = 150; // milliseconds without a key before asking
const FEWEST = 2; // letters

class Suggestions {
  #input;
  #list = document.createElement("ul");
  #status = document.createElement("p");
  #timer = 0;
  #asking = null;
  #active = -1;
  #composing = false;
  #addresses = [];

  constructor(input) {
    this.#input = input;
    this.#prepare();
    input.addEventListener("input", () => this.#later());
    input.addEventListener("compositionstart", () => (this.#composing = true));
    input.addEventListener("compositionend", () => {
      this.#composing = false;
      this.#later();
    });
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.#close());
    this.#list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the field focused
    this.#list.addEventListener("click", (event) => this.#go([...this.#list.children].indexOf(event.target.closest("li"))));
  }

  #prepare() {
    const input = this.#input;
    Object.assign(this.#list, { id: `${input.id}-suggestions`, className: "suggestions", hidden: true });
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", input.dataset.suggestLabel);
    this.#status.className = "unseen";
    this.#status.setAttribute("role", "status");
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", autocomplete: "off" };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    input.setAttribute("aria-controls", this.#list.id);
    input.closest(".ask").append(this.#list, this.#status);
  }

  #later() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    if (this.#composing) return;
    this.#timer = setTimeout(() => this.#ask(), PAUSE);
  }

  async #ask() {
    const words = this.#input.value.trim();
    if (words.length < FEWEST) return this.#close();
    this.#asking = new AbortController();
    const address = new URL(this.#input.dataset.suggest, location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { signal: this.#asking.signal });
      if (!answer.ok) return this.#close();
      const { suggestions } = await answer.json();
      if (document.activeElement === this.#input) this.#show(suggestions);
    } catch (error) {
      if (error.name !== "AbortError") this.#close();
    }
  }

  #show(suggestions) {
    this.#addresses = suggestions.map(({ url }) => url);
    this.#list.replaceChildren(...suggestions.map(({ text }, index) => this.#option(text, index)));
    this.#activate(-1);
    const some = suggestions.length > 0;
    this.#open(some);
    const { suggestFound, suggestKeys } = this.#input.dataset;
    this.#status.textContent = `${suggestFound} ${suggestions.length}. ${some ? suggestKeys : ""}`;
  }

  #option(text, index) {
    const option = document.createElement("li");
    option.id = `${this.#list.id}-${index}`;
    option.lang = "vi";
    option.textContent = text;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    return option;
  }

  #key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || this.#addresses.length === 0) return;
    const act = {
      ArrowDown: () => this.#move(event.altKey ? 0 : 1),
      ArrowUp: () => (event.altKey ? this.#close() : this.#move(-1)),
      Escape: () => this.#escape(),
      Enter: () => this.#go(this.#active),
    }[event.key];
    if (act?.() !== false && act) event.preventDefault();
  }

  // Round through the list and the field itself, which is place -1.
  #move(step) {
    if (this.#list.hidden) {
      this.#open(true);
      if (step === 0) return;
    }
    const places = this.#addresses.length + 1;
    this.#activate(((this.#active + 1 + step + places) % places) - 1);
  }

  #escape() {
    if (this.#list.hidden) return false;
    this.#close();
  }

  #go(index) {
    if (this.#list.hidden || index < 0) return false;
    const address = new URL(this.#addresses[index], location.href);
    if (address.origin === location.origin) location.assign(address);
  }

  #activate(index) {
    this.#active = index;
    [...this.#list.children].forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    const active = this.#list.children[index];
    if (active) {
      this.#input.setAttribute("aria-activedescendant", active.id);
      active.scrollIntoView({ block: "nearest" });
    } else {
      this.#input.removeAttribute("aria-activedescendant");
    }
  }

  #open(open) {
    this.#list.hidden = !open;
    this.#input.setAttribute("aria-expanded", String(open));
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#activate(-1);
    this.#open(false);
  }
}

for (const input of document.querySelectorAll("[data-suggest]")) new Suggestions(input);
