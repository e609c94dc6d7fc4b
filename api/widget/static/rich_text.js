// Plain text as the page shows it: addresses and telephone numbers become links, numbered steps a list.

import { element } from "./element.js";

// No look-behind, here or below: Safari before 16.4 would refuse the whole file.
const FINDS = new RegExp(
  [
    /(?<url>https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+)/,
    /(?<mail>[\w.%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)/,
    /(?<phone>0\d{1,4}-\d{1,4}-\d{3,4}|0570-\d{6}|#[789]\d{3})/,
    /(?<short>11[089]|18[89])/,
  ]
    .map((part) => part.source)
    .join("|"),
  "g",
);

const IN_A_NUMBER = /[\w\-#.,:/¥¥+]$/;
const GOES_ON = /^[\d\-]/;
// 「110人」「第119条」「約110」 count something; 「119番」「110に電話」 do not.
const COUNTS_BEFORE = /[第約計残前後全各]\s?$/;
const COUNTS_AFTER =
  /^(?:[\w\-,.:/%%]|\s?(?:[人名円万億千百件社年月日時分秒個台本回倍点度歳才頁号条項枚株店円棟戸坪]|番地|番目|か月|カ月|ヶ月|週|ページ|キロ|メートル|以上|以下|パーセント))/;

/** The text with its links, ready to be put into an element whose CSS keeps line breaks. */
export function linked(text, { phones = true } = {}) {
  const fragment = document.createDocumentFragment();
  let done = 0;
  for (const found of text.matchAll(FINDS)) {
    const link = anchor(found, text, phones);
    if (!link) continue;
    fragment.append(text.slice(done, found.index), link);
    done = found.index + link.textContent.length;
  }
  fragment.append(text.slice(done));
  return fragment;
}

function anchor(found, text, phones) {
  const { url, mail, phone, short } = found.groups;
  if (url) return outside(url);
  if (mail) return element("a", { href: `mailto:${mail}` }, mail);
  const number = phone ?? short;
  const before = text.slice(Math.max(0, found.index - 2), found.index);
  const after = text.slice(found.index + number.length, found.index + number.length + 6);
  const isPhone = phones && (phone ? isWhole(phone, before, after) : isEmergency(before, after));
  return isPhone ? element("a", { href: telephone(number), class: "tel" }, number) : null;
}

function outside(found) {
  const url = trimmed(found);
  return element("a", { href: url, target: "_blank", rel: "noopener" }, url);
}

/** Without the mark that ends the sentence, and without a bracket that opened before the address. */
function trimmed(url) {
  let end = url.replace(/[.,;:!?']+$/, "");
  while (end.endsWith(")") && end.split(")").length > end.split("(").length) end = end.slice(0, -1);
  return end;
}

function isWhole(number, before, after) {
  const digits = number.replace(/\D/g, "").length;
  const isComplete = number.startsWith("#") || digits === 10 || digits === 11;
  return isComplete && !IN_A_NUMBER.test(before) && !GOES_ON.test(after);
}

function isEmergency(before, after) {
  return !IN_A_NUMBER.test(before) && !COUNTS_BEFORE.test(before) && !COUNTS_AFTER.test(after);
}

/** The tel: address of a number as people write it; `#9110` needs its sign escaped. */
export function telephone(number) {
  return `tel:${number.replace(/-/g, "").replace("#", "%23")}`;
}

const STEP = /^(\d{1,2})\. (.+)$/;

/**
 * The parts of a text that is a heading and then steps `1. …`, as emergency cards are.
 * Null when it is not one.
 */
export function steps(text) {
  const [heading, ...lines] = text.split("\n");
  const found = [];
  while (lines.length && STEP.exec(lines[0])?.[1] === String(found.length + 1)) {
    found.push(STEP.exec(lines.shift())[2]);
  }
  if (!heading.trim() || STEP.test(heading) || found.length < 2) return null;
  return { heading, steps: found, rest: lines.join("\n").trim() };
}
