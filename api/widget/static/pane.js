// What the conversation scrolls in: the window, or a box of its own.

export const windowPane = {
  watched: window,
  marked: document.documentElement,
  get top() {
    return window.scrollY;
  },
  get height() {
    return window.innerHeight;
  },
  get whole() {
    return document.documentElement.scrollHeight;
  },
  /** How far the element begins below the upper edge. */
  below: (element) => element.getBoundingClientRect().top,
  reveal: (element) => element.scrollIntoView({ block: "start", behavior: "instant" }),
  goTo: (top) => window.scrollTo(0, top),
};

/** A box that scrolls by itself; the page around it stays where it is. */
export class Box {
  #node;

  constructor(node) {
    this.#node = this.watched = this.marked = node;
  }

  get top() {
    return this.#node.scrollTop;
  }

  get height() {
    return this.#node.clientHeight;
  }

  get whole() {
    return this.#node.scrollHeight;
  }

  below(element) {
    return element.getBoundingClientRect().top - this.#node.getBoundingClientRect().top;
  }

  reveal(element) {
    this.goTo(this.top + this.below(element) - MARGIN);
  }

  goTo(top) {
    this.#node.scrollTop = top;
  }
}

const MARGIN = 12;
