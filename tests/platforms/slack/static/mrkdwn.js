// Slack's own marks: *bold*, _slanted_, ~struck~, `code`, <address|words>. Everything else is text.

import { element, link } from "./element.js";

const MARK = /<([^<>|]+)(?:\|([^<>]*))?>|\*([^*\n]+)\*|(?<![A-Za-z0-9])_([^_\n]+)_(?![A-Za-z0-9])|~([^~\n]+)~|`([^`\n]+)`/g;

export const plain = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

export function marked(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(MARK)) {
    parts.push(plain(text.slice(end, found.index)));
    parts.push(part(found));
    end = found.index + found[0].length;
  }
  return [...parts, plain(text.slice(end))];
}

function part([, address, words, bold, slanted, struck, code]) {
  if (bold !== undefined) return element("strong", {}, marked(bold));
  if (slanted !== undefined) return element("em", {}, marked(slanted));
  if (struck !== undefined) return element("s", {}, marked(struck));
  if (code !== undefined) return element("code", {}, plain(code));
  if (/^[@#!]/.test(address)) return element("strong", {}, plain(words ?? address));
  return link(plain(address), plain(words ?? address));
}
