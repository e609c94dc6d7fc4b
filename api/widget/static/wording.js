// In which words the page speaks: as usual, or in やさしい日本語. The choice is remembered, the same in all tabs.

import { NORMAL, PLAIN } from "./phrases.js";
import { shared } from "./shelf.js";

const KEY = "plain";
const ATTRIBUTES = ["placeholder", "aria-label"]; // besides the text; their plain versions stand in data-plain-…

const chosen = new WeakMap(); // what an element says: a function that takes its words from the phrases
const usual = new WeakMap(); // what an element of index.html says as usual
const hears = [];
const roots = []; // where the words stand: the document, or the root of an element of our own

let isPlainNow = shared.read(KEY) === true;

export const isPlain = () => isPlainNow;
export const phrases = (plain = isPlainNow) => (plain ? PLAIN : NORMAL);

/** Let the element say what `choose` takes from the phrases, now and after every change. */
export function worded(node, choose) {
  node.dataset.worded = "";
  chosen.set(node, choose);
  node.textContent = choose(phrases());
  return node;
}

/** Speak this way from now on, and remember it. */
export function speak(plain) {
  shared.write(KEY, plain);
  apply(plain);
}

/** `hear` is told now and after every change. */
export function onWording(hear) {
  hears.push(hear);
  hear(isPlainNow);
}

/** Speak in this root too, now and after every change. */
export function wordIn(root) {
  roots.push(root);
  if (isPlainNow) wordAll(root);
}

function apply(plain) {
  isPlainNow = plain;
  roots.forEach(wordAll);
  for (const hear of hears) hear(plain);
}

function wordAll(root) {
  for (const node of root.querySelectorAll("[data-worded]")) node.textContent = chosen.get(node)(phrases());
  for (const node of root.querySelectorAll("[data-plain]")) {
    reword(node, "plain", node.textContent, (text) => (node.textContent = text));
  }
  for (const name of ATTRIBUTES) {
    for (const node of root.querySelectorAll(`[data-plain-${name}]`)) {
      reword(node, camel(`plain-${name}`), node.getAttribute(name), (text) => node.setAttribute(name, text));
    }
  }
}

function reword(node, key, now, put) {
  const before = usual.get(node) ?? {};
  usual.set(node, { [key]: now, ...before });
  put(isPlainNow ? node.dataset[key] : usual.get(node)[key]);
}

const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** Whether the visitor ever chose one or the other. */
export const isWordingChosen = () => shared.read(KEY) !== null;

shared.onChange(() => {
  const plain = shared.read(KEY) === true;
  if (plain !== isPlainNow) apply(plain);
});
