// How long to wait before trying again: 1 s, doubling to 30 s, less a random part.

const LONGEST = 30_000;

export class BackOff {
  #step = 1000;
  #wake = () => {};

  constructor() {
    // A phone that comes back to the page or to the network need not wait.
    window.addEventListener("online", () => this.#wake());
    document.addEventListener("visibilitychange", () => document.hidden || this.#wake());
  }

  /** The next wait is a short one again. */
  reset() {
    this.#step = 1000;
  }

  async wait() {
    const pause = this.#step * (0.5 + Math.random() / 2);
    this.#step = Math.min(this.#step * 2, LONGEST);
    await new Promise((resolve) => {
      this.#wake = resolve;
      setTimeout(resolve, pause);
    });
  }
}
