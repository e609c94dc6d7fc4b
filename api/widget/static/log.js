// The conversation on the page: every message once, in the order of the gateway, unsent ones at the end.

import { element } from "./element.js";
import { messageElement, time } from "./message.js";
import { phrases, worded } from "./wording.js";

const PAST = 0; // of a conversation before this one
const UNSENT = Infinity;

const SENDING = (phrases) => phrases.sending;
const SENT = (phrases) => phrases.sent;
const NOT_YET_SENT = (phrases) => phrases.notYetSent;
const NOTHING = () => "";

export class Log {
  #list;
  #lines = []; // {sequence, id, message, node}, in the order of the page
  #choose;

  /** `choose` hears the button that was pressed, and whether by keyboard. */
  constructor(list, choose) {
    this.#list = list;
    this.#choose = choose;
  }

  /** Show messages that were there before; they are not read out one by one. */
  fill(messages) {
    this.#list.setAttribute("aria-busy", "true");
    for (const message of messages) this.show(message);
    this.#list.setAttribute("aria-busy", "false");
  }

  /** Show a message of the gateway. Gives its element if it is new on the page, else null. */
  show(message) {
    const known = this.#lines.find(
      (line) => line.sequence === message.sequence || (message.id && line.id === message.id),
    );
    if (known) {
      known.message = message;
      this._settle(known, message.sequence, message.at);
      return null;
    }
    return this._add({ sequence: message.sequence, id: message.id, message }, message.id ? SENT : NOTHING);
  }

  /** Show what is on its way to the gateway. Gives its element. */
  expect({ id, text, title }) {
    const known = this.#lines.find((line) => line.id === id);
    if (known) return known.node;
    return this._add({ sequence: UNSENT, id, message: { author: "visitor", text: text ?? title } }, SENDING);
  }

  /** The gateway has kept it. */
  sent(id, sequence) {
    const line = this.#lines.find((other) => other.id === id);
    if (line) this._settle(line, sequence);
  }

  /** It did not arrive, and is being sent again. */
  delayed(id) {
    const line = this.#lines.find((other) => other.id === id);
    if (line?.sequence === UNSENT) worded(line.node.querySelector(".state"), NOT_YET_SENT);
  }

  /** It was refused: take it away. */
  withdraw(id) {
    const line = this.#lines.find((other) => other.id === id);
    line?.node.remove();
    this.#lines = this.#lines.filter((other) => other !== line);
    this._offer();
  }

  /** Say something of our own, here and now: what `choose` takes from the phrases. */
  notice(choose) {
    return this._add({ sequence: PAST, id: null, message: { author: "system", text: choose(phrases()) } });
  }

  /** Leave what is shown, as the past of a new conversation. */
  setAside() {
    for (const line of this.#lines) if (line.sequence !== UNSENT) line.sequence = PAST;
  }

  clear() {
    this.#lines = [];
    this.#list.textContent = "";
  }

  /** The messages as they stand on the page. */
  get messages() {
    return this.#lines.map(({ message }) => message);
  }

  /** Their elements. */
  get nodes() {
    return this.#lines.map(({ node }) => node);
  }

  /** Where to look: what the visitor said last, if anything. */
  get focus() {
    const said = this.#lines.filter((line) => line.message.author === "visitor");
    return said[said.length - 1]?.node ?? null;
  }

  _add(line, state = NOTHING) {
    line.node = messageElement(line.message, state);
    this.#lines.push(line);
    this._place(line);
    this._offer();
    return line.node;
  }

  /** Put it before the first line that comes later. Moves nothing that stands right already. */
  _place(line) {
    const others = this.#lines.filter((other) => other !== line);
    const found = others.findIndex((other) => other.sequence > line.sequence);
    const index = found < 0 ? others.length : found;
    this.#lines = [...others.slice(0, index), line, ...others.slice(index)];
    const next = others[index]?.node ?? null;
    if (line.node.parentNode !== this.#list || line.node.nextElementSibling !== next) {
      this.#list.insertBefore(line.node, next);
    }
  }

  _settle(line, sequence, at) {
    if (line.sequence === PAST) return;
    line.sequence = sequence;
    worded(line.node.querySelector(".state"), line.id ? SENT : NOTHING);
    if (at && !line.node.querySelector("time")) line.node.querySelector(".meta").append(time(at));
    this._place(line);
    this._offer();
  }

  /** Offer the buttons of the newest message, and no others. */
  _offer() {
    const { message, node } = this.#lines[this.#lines.length - 1] ?? {};
    const buttons = message?.author === "bot" ? message.buttons : [];
    const shown = this.#list.querySelector(".choices");
    if (shown && shown.parentNode === node && buttons.length) return;
    shown?.remove();
    if (buttons.length) node.insertBefore(this._choices(buttons), node.querySelector(".keep"));
  }

  _choices(buttons) {
    const choices = element("div", { class: "choices", role: "group", "aria-label": phrases().choices });
    for (const { id, title } of buttons) {
      const button = element("button", { type: "button", class: "pill" }, title);
      // A click without a pointer has no count: it came from the keyboard.
      button.addEventListener("click", (event) => this.#choose({ button: id, title }, event.detail === 0));
      choices.append(button);
    }
    return choices;
  }
}
