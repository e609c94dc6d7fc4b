// Where the visitor writes: grows with the text, counts it, sends it with Enter.

import { counted, LONGEST } from "./phrases.js";
import { own } from "./shelf.js";
import { phrases } from "./wording.js";

const DRAFT = "draft";
const COUNTED_FROM = 3500;

export class Composer {
  #form;
  #text;
  #counter;
  #trouble;
  #isPassing = false;
  #isTooLong = false;

  /** `send` hears each text. */
  constructor(form, send) {
    this.#form = form;
    this.#text = form.elements.text;
    this.#counter = form.querySelector("#counter");
    this.#trouble = form.querySelector("#trouble");
    this.#text.value = own.read(DRAFT) ?? "";
    this.#text.addEventListener("input", () => this._changed());
    this.#text.addEventListener("keydown", (event) => this._pressed(event));
    form.addEventListener("submit", (event) => this._submitted(event, send));
    window.addEventListener("resize", () => this.fit());
    this._changed();
  }

  /** Say what went wrong. `passing`: it will be over without the visitor. */
  complain(trouble, { passing = false } = {}) {
    this.#trouble.textContent = trouble;
    this.#isPassing = passing;
    this.#isTooLong = false;
  }

  /** It is over. A complaint that the visitor must see to stays. */
  calm() {
    if (this.#isPassing) this.complain("");
  }

  /** Put back what was not accepted, before anything written since. */
  restore(text) {
    const since = this.#text.value;
    this.#text.value = since ? `${text}\n${since}` : text;
    this._changed();
    this.#text.focus();
  }

  /** Be as high as the text. */
  fit() {
    if (CSS.supports("field-sizing", "content")) return;
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight + this.#text.offsetHeight - this.#text.clientHeight}px`;
  }

  _pressed(event) {
    // The Enter that ends a conversion in an input method; Safari tells it only by 229.
    const isComposing = event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || isComposing) return;
    event.preventDefault();
    this.#form.requestSubmit();
  }

  _submitted(event, send) {
    event.preventDefault();
    const text = this.#text.value.trim();
    if (!text) return this.#text.focus();
    if (length(text) > LONGEST) return this._complainOfLength();
    this.#text.value = "";
    this._changed();
    this.complain("");
    send(text);
  }

  _complainOfLength() {
    this.complain(phrases().tooLong);
    this.#isTooLong = true;
  }

  _changed() {
    const text = this.#text.value;
    own.write(DRAFT, text);
    const count = length(text);
    this.#counter.hidden = count < COUNTED_FROM;
    this.#counter.textContent = counted(count);
    this.#counter.classList.toggle("over", count > LONGEST);
    if (this.#isTooLong && count <= LONGEST) this.complain("");
    this.fit();
  }
}

/** In characters as the gateway counts them, not in UTF-16 units. */
function length(text) {
  return [...text.normalize("NFC")].length;
}
