// Values that outlive the page. Where the browser keeps nothing (private windows), they live as long as the page.

export class Shelf {
  #storage;
  #instead = new Map();

  constructor(storage) {
    this.#storage = storage;
  }

  read(key) {
    if (this.#instead.has(key)) return this.#instead.get(key);
    try {
      return JSON.parse(this.#storage().getItem(key));
    } catch {
      return null;
    }
  }

  write(key, value) {
    try {
      this.#storage().setItem(key, JSON.stringify(value));
      this.#instead.delete(key);
    } catch {
      this.#instead.set(key, value);
    }
  }
}

/** Shared by all tabs. */
export const shared = new Shelf(() => window.localStorage);

/** This tab's own; it survives a reload. */
export const own = new Shelf(() => window.sessionStorage);
