// Values that outlive the page, all under one key. Where the browser keeps nothing (private windows), they live as
// long as the page.

const NAME = "madoguchi";

export class Shelf {
  #storage;
  #instead = new Map();

  constructor(storage) {
    this.#storage = storage;
  }

  read(key) {
    if (this.#instead.has(key)) return this.#instead.get(key);
    try {
      return this._kept()[key] ?? null;
    } catch {
      return null;
    }
  }

  write(key, value) {
    try {
      this.#storage().setItem(NAME, JSON.stringify({ ...this._kept(), [key]: value }));
      this.#instead.delete(key);
    } catch {
      this.#instead.set(key, value);
    }
  }

  /** `hear` is called when another tab has written something. */
  onChange(hear) {
    window.addEventListener("storage", (event) => event.key === NAME && hear());
  }

  _kept() {
    return JSON.parse(this.#storage().getItem(NAME)) ?? {};
  }
}

/** Shared by all tabs. */
export const shared = new Shelf(() => window.localStorage);

/** This tab's own; it survives a reload. */
export const own = new Shelf(() => window.sessionStorage);
