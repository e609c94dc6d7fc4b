// How large the text is: the visitor's choice, remembered, the same in all tabs.

import { shared } from "./shelf.js";

const KEY = "madoguchi.size";

export function offerTextSizes(buttons) {
  const apply = (size) => {
    document.documentElement.dataset.size = size;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.size === size));
    window.dispatchEvent(new Event("resize"));
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      shared.write(KEY, button.dataset.size);
      apply(button.dataset.size);
    });
  }
  window.addEventListener("storage", (event) => event.key === KEY && apply(shared.read(KEY) ?? "normal"));
  apply(shared.read(KEY) ?? "normal");
}
