// One line of the conversation, as an element.

import { card } from "./card.js";
import { element } from "./element.js";
import { keepRow } from "./keep.js";
import { linked, steps } from "./rich_text.js";
import { worded } from "./wording.js";

/** The element of a message. `state` takes the word that stands beside the time from the phrases. */
export function messageElement(message, state) {
  const cards = (message.cards ?? []).map((desk, index) =>
    card(desk, { isFirst: index === 0, isPlain: Boolean(message.plain) }),
  );
  const node = element(
    "article",
    { class: `message ${message.author}`, tabindex: "-1" },
    element(
      "p",
      { class: "meta" },
      worded(element("span", { class: "name" }), ({ authors }) => authors[message.author] ?? authors.system),
      worded(element("span", { class: "state" }), state),
      time(message.at),
    ),
    body(message),
    cards.length ? element("div", { class: "cards" }, ...cards) : "",
  );
  node.append(keepRow(message, node));
  return node;
}

function body(message) {
  if (!message.text) return "";
  const found = message.author === "bot" ? steps(message.text) : null;
  if (found) return urgent(found);
  const phones = message.author !== "visitor";
  return element("p", { class: "text" }, linked(message.text, { phones }));
}

/** What to do first, step by step. */
function urgent({ heading, steps: list, rest }) {
  return element(
    "section",
    { class: "urgent" },
    element("h3", {}, linked(heading)),
    element("ol", {}, ...list.map((step) => element("li", {}, linked(step)))),
    rest ? element("p", { class: "text" }, linked(rest)) : "",
  );
}

/** The element of the time: the hour today, with its date on other days. */
export function time(at) {
  if (!at) return "";
  const [date, clock] = [at.slice(0, 10), at.slice(11, 16)];
  const [, month, day] = date.split("-").map(Number);
  return element("time", { datetime: at }, date === today() ? clock : `${month}月${day}日 ${clock}`);
}

function today() {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(new Date());
}
