// What the visitor sent and the gateway has not kept yet: one queue, in order, with the same id at every attempt.

import { BackOff } from "./back_off.js";

const KEY = "outbox";

export class Outbox {
  #waiting;
  #isSending = false;
  #backOff = new BackOff();
  #shelf;
  #post;
  #told;

  /**
   * `post` sends one message and gives its receipt. `told` hears: sent(message, receipt),
   * delayed(message, trouble), refused(message, trouble).
   */
  constructor(shelf, post, told) {
    this.#shelf = shelf;
    this.#post = post;
    this.#told = told;
    this.#waiting = shelf.read(KEY) ?? [];
  }

  get waiting() {
    return [...this.#waiting];
  }

  add(message) {
    this._keep([...this.#waiting, message]);
    this.send();
  }

  /** Forget what was not sent. */
  clear() {
    this._keep([]);
  }

  /** Send all that waits. Does nothing while it is being sent already. */
  async send() {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      while (this.#waiting.length) await this._attempt(this.#waiting[0]);
    } finally {
      this.#isSending = false;
    }
  }

  async _attempt(message) {
    try {
      const receipt = await this.#post(message);
      this._finish(message, () => this.#told.sent(message, receipt));
      this.#backOff.reset();
    } catch (trouble) {
      if (trouble.isTemporary === false) {
        this._finish(message, () => this.#told.refused(message, trouble));
        return;
      }
      if (this.#waiting.includes(message)) this.#told.delayed(message, trouble);
      await this.#backOff.wait();
    }
  }

  _finish(message, tell) {
    if (!this.#waiting.includes(message)) return; // cleared while it was on its way
    this._keep(this.#waiting.filter((other) => other !== message));
    tell();
  }

  _keep(waiting) {
    this.#waiting = waiting;
    this.#shelf.write(KEY, waiting);
  }
}
