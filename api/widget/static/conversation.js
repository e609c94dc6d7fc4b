// The conversation of this page: finds it again or opens a new one, sends, hears, and tells the page.

import { BackOff } from "./back_off.js";
import { Events } from "./events.js";
import { listMessages, openSession, postMessage } from "./gateway.js";
import { Outbox } from "./outbox.js";
import { own, shared } from "./shelf.js";
import { isPlain } from "./wording.js";

const TOKEN = "token";

/** Whether this browser has a conversation to go on with. */
export const isBegun = () => Boolean(shared.read(TOKEN));

export class Conversation {
  #told;
  #token = null;
  #seen = 0; // the last sequence that came, for the stream to go on from
  #entered = Promise.resolve(null); // the token, once the conversation is open
  #visit = null; // which attempt to enter is the current one
  #backOff = new BackOff();
  #outbox;
  #events;

  /**
   * `told` hears: entered(messages, unsent), lost(), left(), message(message), typing(isOn),
   * connected(isConnected), sent(id, sequence), delayed(id, trouble), refused(message, trouble).
   */
  constructor(told) {
    this.#told = told;
    this.#outbox = new Outbox(own, (message) => this._post(message), {
      sent: (message, { sequence }) => told.sent(message.id, sequence),
      delayed: (message, trouble) => told.delayed(message.id, trouble),
      refused: told.refused,
    });
    this.#events = new Events({
      message: (message) => this._heard(message),
      typing: told.typing,
      connected: told.connected,
      unknown: (token) => this._renew(token),
    });
    // Another tab began a new conversation. Read the shelf, not the event: ours may be the newer one.
    shared.onChange(() => {
      const token = shared.read(TOKEN);
      if (token && this.#token && token !== this.#token) this._move();
    });
  }

  /** Go on with the conversation of this browser, or begin one. */
  begin() {
    this.#entered = this._enter(null);
  }

  /** End this conversation and begin a new one. */
  restart() {
    this.#outbox.clear();
    this._move(this.#token);
  }

  /** Send a text, a button or a wish how to be spoken to. */
  say(content) {
    const message = { id: newId(), ...content };
    this.#outbox.add(message);
    return message;
  }

  _move(spent = null) {
    this.#told.left();
    this.#entered = this._enter(spent);
  }

  /** The gateway does not know this token any more. */
  _renew(spent) {
    if (spent === this.#token) {
      this.#told.lost();
      this.#entered = this._enter(spent);
    }
    return this.#entered;
  }

  /** Open the conversation, but not the spent one. Gives its token. */
  async _enter(spent) {
    const visit = (this.#visit = {});
    this.#token = null;
    this.#events.stop();
    this.#told.typing(false);
    const { token, messages } = await this._opened(visit, spent);
    if (visit !== this.#visit) return this.#entered;
    this.#token = token;
    this.#seen = messages[messages.length - 1]?.sequence ?? 0;
    this.#told.entered(messages, this.#outbox.waiting);
    this.#events.follow(token, () => this.#seen);
    this.#outbox.send();
    return token;
  }

  async _opened(visit, spent) {
    while (visit === this.#visit) {
      try {
        return await exclusively(() => opened(spent));
      } catch (trouble) {
        if (visit !== this.#visit) break;
        if (trouble.isUnknown) {
          this.#told.lost();
          spent = shared.read(TOKEN);
          continue;
        }
        this.#told.connected(false, trouble);
        await this.#backOff.wait();
      }
    }
    return {};
  }

  async _post({ id, text, button, speak, title }) {
    const token = await this.#entered;
    try {
      return await postMessage(token, { id, text, button, speak });
    } catch (trouble) {
      if (!trouble.isUnknown) throw trouble;
      // The buttons of the old conversation mean nothing to the new one; their words do.
      return postMessage(await this._renew(token), speak ? { id, speak } : { id, text: text ?? title });
    }
  }

  _heard(message) {
    if (message.sequence <= this.#seen) return;
    this.#seen = message.sequence;
    this.#told.message(message);
  }
}

async function opened(spent) {
  const kept = shared.read(TOKEN);
  if (kept && kept !== spent) return { token: kept, messages: await listMessages(kept) };
  const session = await openSession({ plain: isPlain() });
  shared.write(TOKEN, session.token);
  return session;
}

/** One tab at a time, so that two of them do not open two conversations. */
function exclusively(work) {
  return navigator.locks ? navigator.locks.request("madoguchi.session", work) : work();
}

/** A name for a message. randomUUID is there only on secure pages. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
