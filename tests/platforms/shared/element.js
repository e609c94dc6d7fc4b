// Builds elements. Text goes in as text: nothing here ever reads HTML.

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child || child === 0));
  return made;
}

/** A link that leaves the page only where it may: to the web in a new tab, or to the telephone. */
export function link(address, ...children) {
  if (/^https?:\/\//.test(address))
    return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
  if (/^tel:[0-9+#*-]+$/.test(address)) return element("a", { href: address }, ...children);
  return element("span", { title: address }, ...children);
}

const CLOCK = new Intl.DateTimeFormat("ja-JP", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Tokyo" });

export const time = (at) => element("time", { datetime: at.toISOString() }, CLOCK.format(at));
