// A desk that someone is sent to, as a card.

import { element } from "./element.js";
import { CARD, KINDS } from "./phrases.js";
import { linked, telephone } from "./rich_text.js";

/** The card of a desk. The first one of a message is where to go; the others are in case that fails. */
export function card(desk, { isFirst }) {
  return element(
    "section",
    { class: isFirst ? "card first" : "card" },
    element(
      "p",
      { class: "rank" },
      element("strong", {}, isFirst ? CARD.first : CARD.further),
      element("span", {}, KINDS[desk.kind] ?? KINDS.other),
    ),
    title(desk),
    desk.does ? element("p", { class: "does" }, desk.does) : "",
    element("div", { class: "ways" }, ...ways(desk)),
    facts(desk),
  );
}

function title(desk) {
  const former = desk.former_name ? element("small", {}, CARD.former(desk.former_name)) : "";
  return element("h3", {}, ...words(desk.name), former);
}

/** The words of a name, each on one line if it fits: 「東京都中小企業振興公社」 must not break after 「中」. */
function words(name) {
  return name.split(/(\s+)|(?=\()/).filter(Boolean).map((word) => (word.trim() ? element("span", {}, word) : word));
}

/**
 * How to reach the desk, the surest way first. A number of grade B may have changed: it stands
 * after the website, smaller, with its warning.
 */
function ways(desk) {
  const sure = desk.phones.filter((phone) => phone.grade === "A");
  const unsure = desk.phones.filter((phone) => phone.grade !== "A");
  const written = [desk.url ? page(desk) : "", desk.mail ? mail(desk) : ""].filter(Boolean);
  const found = [...sure.map(call), ...written, ...unsure.map(call)];
  if (!desk.phones.length) found.unshift(element("p", { class: "unknown" }, CARD.noPhone));
  found.find((way) => way.matches(".way:not(.unsure)"))?.classList.add("main");
  return found;
}

function call(phone) {
  const link = element(
    "a",
    { class: "number", href: telephone(phone.tel) },
    element("span", {}, CARD.call),
    phone.label ? element("small", {}, phone.label) : "",
    element("b", {}, phone.number),
  );
  const warning = phone.wording ? element("p", { class: "warning" }, phone.wording) : "";
  return element("div", { class: phone.grade === "A" ? "way" : "way unsure" }, link, warning);
}

function page(desk) {
  const link = element(
    "a",
    { href: desk.url, target: "_blank", rel: "noopener" },
    element("span", {}, CARD.page, element("span", { class: "unseen" }, `${desk.name} ${CARD.newTab}`)),
    element("small", {}, host(desk.url)),
  );
  return element("div", { class: "way page" }, link);
}

function mail(desk) {
  const link = element(
    "a",
    { href: `mailto:${desk.mail}` },
    element("span", {}, CARD.mail),
    element("small", {}, desk.mail),
  );
  return element("div", { class: "way" }, link);
}

function host(url) {
  return url.replace(/^https?:\/\/(www\.)?/, "").replace(/\/.*$/, "");
}

function facts(desk) {
  const known = Object.entries(CARD.facts).filter(([name]) => desk[name]);
  return element(
    "dl",
    {},
    ...known.map(([name, label]) =>
      element("div", { class: name }, element("dt", {}, label), element("dd", {}, linked(desk[name]))),
    ),
  );
}
