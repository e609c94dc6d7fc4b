// Which part of the conversation is in view. It moves only for those who follow along.

const NEAR = 80;

export class View {
  #pane;
  #left = 0; // where we left the pane; elsewhere means that the visitor moved it
  #isAtEnd = false;
  #newer;
  #unseen = null;

  /**
   * `newer` is the button that leads to what came while the visitor read something else,
   * `foot` the part of the page that covers its end.
   */
  constructor(pane, newer, foot) {
    this.#pane = pane;
    this.#newer = newer;
    newer.addEventListener("click", () => this._go(this.#unseen));
    pane.watched.addEventListener("scroll", () => this._scrolled(), { passive: true });
    // A long text in the foot, or the keyboard of a phone, takes half of the window.
    window.addEventListener("resize", () => this._stay());
    new ResizeObserver(() => this._stay()).observe(foot);
  }

  /** Whether the visitor is where we left the page, or at its end. Ask before the page changes. */
  get isFollowed() {
    return Math.abs(this.#pane.top - this.#left) < 4 || this._isNearEnd();
  }

  /** Bring the element to the top, or the end of the page into view, whichever is less far. */
  show(element) {
    if (element) this.#pane.reveal(element);
    this.#left = this.#pane.top;
    this.#isAtEnd = this._isNearEnd();
  }

  /** Say that this one has come, unless it is in view. */
  announce(element) {
    this.#unseen = this.#unseen ?? element;
    this.#newer.hidden = false;
    this._scrolled();
  }

  _go(element) {
    this.show(element);
    element?.focus({ preventScroll: true });
  }

  /** Be at the end again, if that is where we were. */
  _stay() {
    if (this.#isAtEnd) this.#pane.goTo(this.#pane.whole);
  }

  _scrolled() {
    this.#isAtEnd = this._isNearEnd();
    this.#pane.marked.classList.toggle("scrolled", this.#pane.top > 0);
    if (!this.#unseen || this.#pane.below(this.#unseen) > this.#pane.height * 0.7) return;
    this.#unseen = null;
    this.#newer.hidden = true;
  }

  _isNearEnd() {
    return this.#pane.whole - this.#pane.height - this.#pane.top < NEAR;
  }
}
