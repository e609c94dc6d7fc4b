// The switch 「やさしい日本語」: says the visitor's wish to the bot, and follows the bot when it is asked in words.

import { WISHES } from "./phrases.js";
import { isPlain, onWording, speak } from "./wording.js";

export class Manner {
  #wish = null; // the id of the wish that was pressed last
  #since = 0; // the sequence of it; Infinity while it is on its way

  /** `say` sends a wish and gives its id. */
  constructor(button, say) {
    onWording((plain) => button.setAttribute("aria-pressed", String(plain)));
    button.addEventListener("click", () => {
      speak(!isPlain());
      const wish = isPlain() ? "plainly" : "normally";
      this.#since = Infinity;
      this.#wish = say({ speak: wish, title: WISHES[wish] });
    });
  }

  /** A conversation was entered: it speaks as it did, unless the visitor said something since. */
  entered(messages, unsent) {
    const last = (author) => messages.filter((message) => message.author === author).pop();
    const wish = unsent.filter((message) => message.speak).pop();
    this.#wish = wish?.id ?? null;
    this.#since = wish ? Infinity : (last("visitor")?.sequence ?? 0);
    this.heard(last("bot"));
  }

  /** The gateway has kept the wish: what answers it, or comes later, counts. */
  sent(id, sequence) {
    if (id === this.#wish) this.#since = sequence;
  }

  /** The wish was refused; the next thing the bot says counts again. */
  refused(id) {
    if (id === this.#wish) this.#since = 0;
  }

  /** Speak as the bot does, unless it has not heard the visitor's wish yet. */
  heard(message) {
    if (message?.author !== "bot" || (message.reply_to ?? 0) < this.#since) return;
    if (Boolean(message.plain) !== isPlain()) speak(Boolean(message.plain));
  }
}
