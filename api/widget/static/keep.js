// What a visitor can take away: an answer copied, saved as a file or printed.

import { element } from "./element.js";
import { home } from "./gateway.js";
import { worded } from "./wording.js";
import { written } from "./written.js";

const LONG = 60; // characters; a shorter answer without a card is not worth three buttons

/** The row of buttons below an answer; nothing below other messages. */
export function keepRow(message, node) {
  const isAnswer = message.author === "staff" || (message.author === "bot" && message.reply_to);
  if (!isAnswer || !(message.cards?.length || message.text.length >= LONG)) return "";
  const done = element("span", { role: "status" });
  const copied = async () => {
    await copy(written(message));
    worded(done, ({ keep }) => keep.copied);
  };
  return element(
    "p",
    { class: "keep" },
    button(({ keep }) => keep.copy, copied),
    button(({ keep }) => keep.save, () => save(written(message))),
    button(({ keep }) => keep.print, () => print([node])),
    done,
  );
}

function button(choose, press) {
  const made = worded(element("button", { type: "button" }), choose);
  made.addEventListener("click", press);
  return made;
}

/** The clipboard is there only on secure pages. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = element("textarea", { readonly: "" });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

/** A text file, begun by the mark from which Windows knows UTF-8. */
export function save(text) {
  const url = URL.createObjectURL(new Blob(["\ufeff", text, "\n"], { type: "text/plain;charset=utf-8" }));
  element("a", { href: url, download: "madoguchi.txt" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Print these elements and nothing else: in a frame of their own, whatever page they stand in. */
export function print(nodes) {
  if (!nodes.length) return;
  const frame = element("iframe", { "aria-hidden": "true", tabindex: "-1", class: "paper" });
  frame.addEventListener("load", () => fill(frame, nodes), { once: true });
  const pane = nodes[0].getRootNode().querySelector(".pane");
  pane.querySelector(".paper")?.remove(); // not every browser says when it has printed
  pane.append(frame);
}

function fill(frame, nodes) {
  const { contentDocument: paper, contentWindow: printer } = frame;
  const sheet = element("link", { rel: "stylesheet", href: `${home()}static/chat.css` });
  paper.documentElement.lang = "ja";
  paper.body.className = "chat";
  paper.body.append(...nodes.map((node) => paper.importNode(node, true)));
  printer.addEventListener("afterprint", () => setTimeout(() => frame.remove()));
  sheet.onload = sheet.onerror = () => printer.print();
  paper.head.append(sheet);
}
