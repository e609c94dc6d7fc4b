// How many messages came that the visitor has not looked at; the same in all tabs, and after a reload.

import { shared } from "./shelf.js";

const KEY = "seen"; // the last sequence that was looked at

export class Unread {
  #sequences = []; // of what others said
  #isLooking;
  #tell;

  /** `isLooking` says whether the visitor sees the conversation now, `tell` hears the number. */
  constructor(isLooking, tell) {
    this.#isLooking = isLooking;
    this.#tell = tell;
    shared.onChange(() => this.refresh());
    document.addEventListener("visibilitychange", () => this.refresh());
  }

  entered(messages) {
    this.#sequences = messages.filter(isOthers).map(({ sequence }) => sequence);
    // A new conversation counts from the beginning.
    if (this._seen > this._last) shared.write(KEY, 0);
    this.refresh();
  }

  heard(message) {
    if (isOthers(message)) this.#sequences.push(message.sequence);
    this.refresh();
  }

  /** Count again. */
  refresh() {
    if (this.#isLooking() && this._seen !== this._last) shared.write(KEY, this._last);
    this.#tell(this.#sequences.filter((sequence) => sequence > this._seen).length);
  }

  get _seen() {
    return shared.read(KEY) ?? 0;
  }

  get _last() {
    return this.#sequences[this.#sequences.length - 1] ?? 0;
  }
}

const isOthers = ({ author }) => author !== "visitor";
