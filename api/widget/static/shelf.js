// Values that outlive the page. Where the browser keeps nothing (private windows), they live as long as the page.

export class Shelf {
  #storage;
  #instead = new Map();

  constructor(storage) {
    this.#storage = storage;
  }

  read(key) {
    try {
      const kept = this.#storage().getItem(key);
      return kept === null ? (this.#instead.get(key) ?? null) : JSON.parse(kept);
    } catch {
      return this.#instead.get(key) ?? null;
    }
  }

  write(key, value) {
    this.#instead.set(key, value);
    try {
      this.#storage().setItem(key, JSON.stringify(value));
    } catch {
      // Kept in memory only.
    }
  }

  forget(key) {
    this.#instead.delete(key);
    try {
      this.#storage().removeItem(key);
    } catch {
      // It was in memory only.
    }
  }
}

/** Shared by all tabs. */
export const shared = new Shelf(() => window.localStorage);

/** This tab's own; it survives a reload. */
export const own = new Shelf(() => window.sessionStorage);
