// Which part of the conversation is in view. It moves only for those who follow along.

const NEAR = 80;

export class View {
  #left = 0; // where we left the page; elsewhere means that the visitor moved it
  #isAtEnd = false;
  #newer;
  #unseen = null;

  /**
   * `newer` is the button that leads to what came while the visitor read something else,
   * `foot` the part of the page that covers its end.
   */
  constructor(newer, foot) {
    this.#newer = newer;
    newer.addEventListener("click", () => this.#go(this.#unseen));
    window.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // A long text in the foot, or the keyboard of a phone, takes half of the window.
    window.addEventListener("resize", () => this.#stay());
    new ResizeObserver(() => this.#stay()).observe(foot);
  }

  /** Whether the visitor is where we left the page, or at its end. Ask before the page changes. */
  get isFollowed() {
    return Math.abs(window.scrollY - this.#left) < 4 || isAtEnd();
  }

  /** Bring the element to the top, or the end of the page into view, whichever is less far. */
  show(element) {
    element?.scrollIntoView({ block: "start", behavior: "instant" });
    this.#left = window.scrollY;
    this.#isAtEnd = isAtEnd();
  }

  /** Say that this one has come, unless it is in view. */
  announce(element) {
    this.#unseen ??= element;
    this.#newer.hidden = false;
    this.#scrolled();
  }

  #go(element) {
    this.show(element);
    element?.focus({ preventScroll: true });
  }

  /** Be at the end again, if that is where we were. */
  #stay() {
    if (this.#isAtEnd) window.scrollTo(0, document.documentElement.scrollHeight);
  }

  #scrolled() {
    this.#isAtEnd = isAtEnd();
    document.documentElement.classList.toggle("scrolled", window.scrollY > 0);
    if (!this.#unseen || this.#unseen.getBoundingClientRect().top > window.innerHeight * 0.7) return;
    this.#unseen = null;
    this.#newer.hidden = true;
  }
}

function isAtEnd() {
  return document.documentElement.scrollHeight - window.innerHeight - window.scrollY < NEAR;
}
