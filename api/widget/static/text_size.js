// How large the text is: the visitor's choice, remembered, the same in all tabs.

import { shared } from "./shelf.js";

const KEY = "size";

/** `changed` is told after every change. */
export function offerTextSizes(buttons, sheet, changed) {
  const apply = () => {
    const size = shared.read(KEY) ?? "normal";
    sheet.dataset.size = size;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.size === size));
    changed();
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      shared.write(KEY, button.dataset.size);
      apply();
    });
  }
  shared.onChange(apply);
  apply();
}
