// Messages as plain text, for the clipboard and for a file.

import { phrases } from "./wording.js";

/** One message: its text, and the cards of its desks. */
export function written(message) {
  const { card: words } = phrases(Boolean(message.plain));
  const cards = (message.cards ?? []).map((desk, index) => deskLines(desk, index === 0, words));
  return [message.text, ...cards].filter(Boolean).join("\n\n");
}

/** A whole conversation, each message with its author and time. */
export function writtenDown(messages) {
  const { authors } = phrases();
  const head = ({ author, at }) => `${authors[author] ?? authors.system} ${(at ?? "").slice(0, 16).replace("T", " ")}`;
  return messages.map((message) => `【${head(message).trim()}】\n${written(message)}\n`).join("\n");
}

function deskLines(desk, isFirst, words) {
  const phones = desk.phones.map(({ label, number, wording }) =>
    [`${words.call}:`, label, number, wording && `(${wording})`].filter(Boolean).join(" "),
  );
  const facts = Object.entries(words.facts).filter(([name]) => desk[name]);
  return [
    `■ ${isFirst ? words.first : words.further}: ${desk.name}`,
    desk.former_name && words.former(desk.former_name),
    desk.does,
    ...(phones.length ? phones : [words.noPhone]),
    desk.url,
    desk.mail,
    ...facts.map(([name, label]) => `${label}: ${desk[name]}`),
  ]
    .filter(Boolean)
    .join("\n");
}
