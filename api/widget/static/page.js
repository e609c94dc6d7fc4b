// The page of our own.

import { chat } from "./chat.js";
import { windowPane } from "./pane.js";

const told = { entered() {}, message() {}, print: () => window.print() };

chat(document, { sheet: document.documentElement, pane: windowPane, told }).begin();
