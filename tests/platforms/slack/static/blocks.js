// Draws Block Kit.

import { element, link } from "./element.js";
import { marked, plain } from "./mrkdwn.js";

const words = (text) => element("p", { class: "words" }, text.type === "mrkdwn" ? marked(text.text) : plain(text.text));

const BLOCKS = {
  header: (block) => element("p", { class: "block header" }, plain(block.text.text)),
  divider: () => element("hr", { class: "block" }),
  context: (block) => element("div", { class: "block context" }, block.elements.map((part) => (part.type === "image" ? `〔${part.alt_text}〕` : words(part)))),
  image: (block) => element("p", { class: "block" }, `〔画像 ${block.alt_text}〕`),
  section: (block, press) =>
    element("div", { class: "block section" }, block.text && words(block.text),
      block.fields && element("div", { class: "fields" }, block.fields.map(words)),
      block.accessory && drawElement(block.accessory, press)),
  actions: (block, press) => element("div", { class: "block actions" }, block.elements.map((part) => drawElement(part, press))),
};

/** `press` is called with what names the button. */
export const drawBlocks = (blocks, press) => blocks.map((block) => BLOCKS[block.type]?.(block, press) ?? element("p", { class: "block" }, `〔${block.type}〕`));

function drawElement(part, press) {
  if (part.type !== "button") return element("span", {}, `〔${part.alt_text ?? part.type}〕`);
  const name = part.action_id ?? part.value ?? part.text.text;
  const kind = { class: `press ${part.style ?? ""}`, "aria-label": part.accessibility_label };
  if (!part.url) return element("button", { type: "button", ...kind, onclick: () => press(name) }, plain(part.text.text));
  const drawn = link(part.url, plain(part.text.text));
  drawn.className = kind.class;
  drawn.addEventListener("click", () => press(name)); // Slack tells of these as well
  return drawn;
}
