// Black, white and yellow: the visitor's choice, or what the device asks for. Remembered, the same in all tabs.

import { shared } from "./shelf.js";

const KEY = "contrast";

export function offerContrast(button, sheet) {
  const isHigh = () => shared.read(KEY) ?? window.matchMedia("(prefers-contrast: more)").matches;
  const apply = () => {
    sheet.dataset.contrast = isHigh() ? "high" : "normal";
    button.setAttribute("aria-pressed", String(isHigh()));
  };
  button.addEventListener("click", () => {
    shared.write(KEY, !isHigh());
    apply();
  });
  shared.onChange(apply);
  apply();
}
