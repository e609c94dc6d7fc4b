// The markup and the style of the element. The gateway writes both into ./parts.js, from index.html and the style sheets.

import { element } from "./element.js";
import { home } from "./gateway.js";
import { markup, style } from "./parts.js";

/** The parts of the page, as elements. */
export const drawn = () => markup.map(draw);

function draw(part) {
  if (typeof part === "string") return part;
  const [tag, attributes, ...children] = part;
  return element(tag, attributes, ...children.map(draw));
}

/** Give the root its style, in a way that a strict policy of the page allows. */
export function dress(root) {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    if (root.adoptedStyleSheets.length) return;
  } catch {
    // Browsers before 2023 may not know such sheets.
  }
  root.append(element("link", { rel: "stylesheet", href: `${home()}widget.css` }));
}
