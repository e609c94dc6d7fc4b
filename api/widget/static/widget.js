// <madoguchi-chat>: the conversation as an element for the pages of others. Nothing of it leaks out or in: it stands in
// a shadow root, keeps one key in the storage, and leaves hash, title and history alone.

import { liveAt } from "./gateway.js";
import { Panel } from "./panel.js";

const NAME = "madoguchi-chat";
const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]');

liveAt(new URL(".", script.src).href);

class MadoguchiChat extends HTMLElement {
  #panel = null;

  connectedCallback() {
    this.#panel = this.#panel ?? new Panel(this);
  }
}

function place() {
  customElements.define(NAME, MadoguchiChat);
  if (!document.querySelector(NAME)) document.body.append(document.createElement(NAME));
}

if (!customElements.get(NAME)) {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", place);
  else place();
}
