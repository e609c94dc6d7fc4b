// What stands in the element: the button that opens the conversation, and the conversation.

import { chat } from "./chat.js";
import { isBegun } from "./conversation.js";
import { element } from "./element.js";
import { print } from "./keep.js";
import { Box } from "./pane.js";
import { own } from "./shelf.js";
import { drawn, dress } from "./shell.js";
import { Unread } from "./unread.js";
import { isWordingChosen, speak, worded } from "./wording.js";

const OPEN = "open";
const LABEL = "相談窓口";
const small = window.matchMedia("(max-width: 600px), (max-height: 480px)"); // as in widget.css
const isPrecise = window.matchMedia("(hover: hover) and (pointer: fine)");

export class Panel {
  #host;
  #launcher;
  #badge = element("span", { class: "badge" });
  #news = element("p", { class: "unseen", role: "status" });
  #dialog;
  #sheet;
  #chat = null;
  #isBegun = false;
  #unread = new Unread(
    () => this._isOpen && !document.hidden,
    (count) => this._count(count),
  );

  constructor(host) {
    this.#host = host;
    if (host.hasAttribute("plain") && !isWordingChosen()) speak(true);
    this._build(host.attachShadow({ mode: "open" }));
    if (isBegun()) this._begin();
    // A page that opens itself must not cover all of a small screen.
    if ((own.read(OPEN) ?? host.hasAttribute("open")) && !small.matches) this._open();
  }

  get _isOpen() {
    return this.#dialog.hasAttribute("open");
  }

  _build(root) {
    const label = this.#host.getAttribute("label") || LABEL;
    const position = this.#host.getAttribute("position") === "left" ? "left" : "right";
    this.#launcher = element(
      "button",
      { type: "button", class: "launcher", "aria-haspopup": "dialog" },
      element("span", {}, label),
      this.#badge,
    );
    this.#dialog = element("dialog", { class: "panel chat", "aria-labelledby": "title" }, ...drawn());
    this.#sheet = element("div", { class: `root ${position}`, lang: "ja" }, this.#launcher, this.#news, this.#dialog);
    dress(root);
    root.append(this.#sheet);
    this._complete(root);
    // What the visitor's browser takes for a text of medium size; the page around us has no say in it.
    this.#sheet.style.setProperty("--unit", getComputedStyle(this.#sheet).fontSize);
  }

  /** The buttons that only the element has, and what they do. */
  _complete(root) {
    const tools = root.querySelector(".tools");
    const more = worded(element("button", { type: "button", class: "more", "aria-expanded": "false" }), ({ tools }) => tools);
    const close = worded(element("button", { type: "button", class: "close" }), ({ close }) => close);
    tools.hidden = true;
    root.getElementById("plain").after(close);
    tools.before(more);
    more.addEventListener("click", () => {
      tools.hidden = !tools.hidden;
      more.setAttribute("aria-expanded", String(!tools.hidden));
    });
    close.addEventListener("click", () => this._close());
    this.#launcher.addEventListener("click", () => this._openByHand());
    this.#dialog.addEventListener("keydown", (event) => this._pressed(event));
    this.#dialog.addEventListener("cancel", (event) => this._cancelled(event));
    window.visualViewport?.addEventListener("resize", () => this._fit());
    window.visualViewport?.addEventListener("scroll", () => this._fit());
    this.#chat = chat(root, {
      sheet: this.#sheet,
      pane: new Box(root.querySelector(".pane")),
      told: {
        entered: (messages) => this.#unread.entered(messages),
        message: (message) => this.#unread.heard(message),
        print,
      },
    });
  }

  _begin() {
    if (!this.#isBegun) this.#chat.begin();
    this.#isBegun = true;
  }

  _open() {
    // On a small screen it covers the page, which then must not be reached by Tab.
    if (small.matches && this.#dialog.showModal) this.#dialog.showModal();
    else this.#dialog.setAttribute("open", "");
    this.#launcher.hidden = true;
    own.write(OPEN, true);
    this._begin();
    this._fit();
    this.#chat.show();
    this.#unread.refresh();
  }

  _openByHand() {
    this._open();
    this.#dialog.querySelector(isPrecise.matches ? "textarea" : ".close").focus();
  }

  _close() {
    if (this.#dialog.close) this.#dialog.close();
    this.#dialog.removeAttribute("open");
    this.#launcher.hidden = false;
    own.write(OPEN, false);
    this.#launcher.focus();
  }

  _pressed(event) {
    if (event.key !== "Escape" || event.isComposing || event.target.closest("#ask-restart")) return;
    event.preventDefault();
    event.stopPropagation(); // or a dialog of the page closes too
    this._close();
  }

  /** The way back of a phone. */
  _cancelled(event) {
    if (event.target !== this.#dialog) return;
    event.preventDefault();
    this._close();
  }

  /** Above the keyboard of a phone. */
  _fit() {
    const { height, offsetTop, scale } = window.visualViewport ?? {};
    if (!height || scale > 1.01) return;
    this.#dialog.style.setProperty("--height", `${height}px`);
    this.#dialog.style.setProperty("--from", `${offsetTop}px`);
  }

  _count(count) {
    worded(this.#badge, ({ unread }) => unread(count));
    if (this.#news.textContent !== this.#badge.textContent) worded(this.#news, ({ unread }) => unread(count));
  }
}
