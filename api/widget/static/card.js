// A desk that someone is sent to, as a card.

import { element } from "./element.js";
import { linked, telephone } from "./rich_text.js";
import { phrases } from "./wording.js";

/**
 * The card of a desk. The first one of a message is where to go; the others are in case that fails.
 * Its words are those of its message, whatever the page speaks now.
 */
export function card(desk, { isFirst, isPlain }) {
  const { card: words, kinds } = phrases(isPlain);
  return element(
    "section",
    { class: isFirst ? "card first" : "card" },
    element(
      "p",
      { class: "rank" },
      element("strong", {}, isFirst ? words.first : words.further),
      element("span", {}, kinds[desk.kind] ?? kinds.other),
    ),
    title(desk, words),
    desk.does ? element("p", { class: "does" }, desk.does) : "",
    element("div", { class: "ways" }, ...ways(desk, words)),
    facts(desk, words),
  );
}

function title(desk, words) {
  const former = desk.former_name ? element("small", {}, words.former(desk.former_name)) : "";
  return element("h3", {}, ...parts(desk.name), former);
}

/** The parts of a name, each on one line if it fits: 「東京都中小企業振興公社」 must not break after 「中」. */
function parts(name) {
  return name.split(/(\s+)|(?=\()/).filter(Boolean).map((word) => (word.trim() ? element("span", {}, word) : word));
}

/**
 * How to reach the desk, the surest way first. A number of grade B may have changed: it stands
 * after the website, smaller, with its warning.
 */
function ways(desk, words) {
  const called = (phone) => call(phone, words);
  const sure = desk.phones.filter((phone) => phone.grade === "A");
  const unsure = desk.phones.filter((phone) => phone.grade !== "A");
  const written = [desk.url ? page(desk, words) : "", desk.mail ? mail(desk, words) : ""].filter(Boolean);
  const found = [...sure.map(called), ...written, ...unsure.map(called)];
  if (!desk.phones.length) found.unshift(element("p", { class: "unknown" }, words.noPhone));
  found.find((way) => way.matches(".way:not(.unsure)"))?.classList.add("main");
  return found;
}

function call(phone, words) {
  const link = element(
    "a",
    { class: "number", href: telephone(phone.tel) },
    element("span", {}, words.call),
    phone.label ? element("small", {}, phone.label) : "",
    element("b", {}, phone.number),
  );
  const warning = phone.wording ? element("p", { class: "warning" }, phone.wording) : "";
  return element("div", { class: phone.grade === "A" ? "way" : "way unsure" }, link, warning);
}

function page(desk, words) {
  const link = element(
    "a",
    { href: desk.url, target: "_blank", rel: "noopener" },
    element("span", {}, words.page, element("span", { class: "unseen" }, `${desk.name} ${words.newTab}`)),
    element("small", {}, host(desk.url)),
  );
  return element("div", { class: "way page" }, link);
}

function mail(desk, words) {
  const link = element(
    "a",
    { href: `mailto:${desk.mail}` },
    element("span", {}, words.mail),
    element("small", {}, desk.mail),
  );
  return element("div", { class: "way" }, link);
}

function host(url) {
  return url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/.*$/, "");
}

function facts(desk, words) {
  const known = Object.entries(words.facts).filter(([name]) => desk[name]);
  return element(
    "dl",
    {},
    ...known.map(([name, label]) =>
      element("div", { class: name }, element("dt", {}, label), element("dd", {}, linked(desk[name]))),
    ),
  );
}
