// Draws Flex messages as LINE would: boxes in boxes, with LINE's sizes. Colors come as they were given.

import { element, link } from "./element.js";

const LETTERS = { xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74 };
const SPACES = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const SIDES = { paddingAll: "padding", paddingTop: "paddingTop", paddingBottom: "paddingBottom", paddingStart: "paddingLeft", paddingEnd: "paddingRight" };
const PLACES = { start: "left", center: "center", end: "right" };

const long = (value, table) => (value in table ? `${table[value]}px` : value);

/** `tap` is called with an action that stands on LINE and not in the web. */
export function drawFlex(contents, tap) {
  if (contents.type === "carousel")
    return element("div", { class: "carousel", tabindex: "0", role: "group", "aria-label": "カード" },
      contents.contents.map((bubble) => drawBubble(bubble, tap)));
  return drawBubble(contents, tap);
}

function drawBubble(bubble, tap) {
  const card = element("section", { class: `card ${bubble.size ?? "mega"}` });
  for (const name of ["header", "hero", "body", "footer"]) {
    if (!bubble[name]) continue;
    const drawn = drawPart(bubble[name], tap);
    drawn.classList.add("block", name);
    const style = bubble.styles?.[name] ?? {};
    if (style.separator) drawn.classList.add("ruled");
    if (style.backgroundColor) drawn.style.backgroundColor = style.backgroundColor;
    card.append(drawn);
  }
  return card;
}

function drawPart(part, tap) {
  const drawn = (PARTS[part.type] ?? (() => element("span")))(part, tap);
  if (part.flex !== undefined) drawn.style.flex = part.flex ? `${part.flex} 1 0` : "none";
  if (part.backgroundColor) drawn.style.backgroundColor = part.backgroundColor;
  return drawn;
}

const PARTS = {
  box(box, tap) {
    const drawn = element("div", { class: `box ${box.layout}` }, box.contents.map((part) => drawPart(part, tap)));
    if (box.spacing) drawn.style.gap = long(box.spacing, SPACES);
    for (const [name, side] of Object.entries(SIDES)) if (box[name]) drawn.style[side] = long(box[name], SPACES);
    if (box.cornerRadius) drawn.style.borderRadius = long(box.cornerRadius, SPACES);
    if (box.borderColor) drawn.style.border = `1px solid ${box.borderColor}`;
    if (box.justifyContent) drawn.style.justifyContent = box.justifyContent;
    if (box.alignItems) drawn.style.alignItems = box.alignItems;
    spread(drawn, box, box.layout === "vertical" ? "marginTop" : "marginLeft");
    return drawn;
  },
  text(text, tap) {
    const words = text.contents?.length ? text.contents.map((span) => styled(element("span", {}, span.text), span)) : [text.text];
    const drawn = styled(element("p", { class: text.wrap ? "words wrap" : "words" }, text.action ? opening(text.action, tap, words, "") : words), text);
    if (text.align) drawn.style.textAlign = PLACES[text.align];
    return drawn;
  },
  button(button, tap) {
    const kind = `tap ${button.style ?? "link"} ${button.height ?? "md"}`;
    const drawn = opening(button.action, tap, [button.action.label], kind);
    if (button.color) drawn.style[button.style && button.style !== "link" ? "backgroundColor" : "color"] = button.color;
    return drawn;
  },
  separator(line) {
    const drawn = element("hr");
    if (line.color) drawn.style.borderColor = line.color;
    return drawn;
  },
  filler: () => element("span"),
  image: () => element("span", {}, "〔画像〕"),
};

/** The margin of a part belongs before it, in the direction of the box around it. */
function spread(box, { contents }, side) {
  contents.forEach((part, index) => {
    if (part.margin && index) box.children[index].style[side] = long(part.margin, SPACES);
  });
}

function styled(drawn, text) {
  drawn.style.fontSize = long(text.size ?? (drawn.tagName === "P" ? "md" : "inherit"), LETTERS);
  if (text.weight === "bold") drawn.style.fontWeight = "bold";
  if (text.color) drawn.style.color = text.color;
  if (text.style === "italic") drawn.style.fontStyle = "italic";
  if (text.decoration && text.decoration !== "none") drawn.style.textDecoration = text.decoration;
  return drawn;
}

/** Something that can be tapped: a link for an address, a button for everything else. */
export function opening(action, tap, words, kind) {
  if (action.type === "uri") {
    const drawn = link(action.uri, words);
    if (kind) drawn.className = kind;
    return drawn;
  }
  return element("button", { type: "button", class: kind || false, onclick: () => tap(action) }, words);
}
