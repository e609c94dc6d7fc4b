// Follows the conversation: reads server-sent events, and connects again whenever the stream breaks.

import { BackOff } from "./back_off.js";
import { openEvents } from "./gateway.js";

const SILENCE = 40_000; // the gateway says something every 15 s

export class Events {
  #reader = null; // an AbortController; another one means another stream
  #backOff = new BackOff();
  #told;

  /** `told` hears: message(data), typing(isOn), connected(isConnected), unknown(token). */
  constructor(told) {
    this.#told = told;
  }

  /** Follow this conversation, and no other one. `after` gives the last sequence that was seen. */
  async follow(token, after) {
    this.stop();
    const reader = (this.#reader = new AbortController());
    while (!reader.signal.aborted) {
      try {
        await this._read(token, after(), reader);
      } catch (trouble) {
        if (reader.signal.aborted) return;
        if (trouble.isUnknown) return this.#told.unknown(token);
      }
      if (reader.signal.aborted) return;
      this.#told.connected(false);
      await this.#backOff.wait();
    }
  }

  stop() {
    this.#reader?.abort();
  }

  async _read(token, after, reader) {
    const attempt = new AbortController();
    const end = () => attempt.abort();
    reader.signal.addEventListener("abort", end);
    let watchdog = setTimeout(end, SILENCE);
    try {
      const lines = (await openEvents(token, after, attempt.signal)).getReader();
      this.#told.connected(true);
      const parse = parser((event) => reader.signal.aborted || this._tell(event));
      for (let part = await lines.read(); !part.done; part = await lines.read()) {
        clearTimeout(watchdog);
        watchdog = setTimeout(end, SILENCE);
        this.#backOff.reset(); // not sooner: a proxy may accept and hang up at once
        parse(part.value);
      }
    } finally {
      clearTimeout(watchdog);
      reader.signal.removeEventListener("abort", end);
      end();
    }
  }

  _tell({ name, data }) {
    if (name === "message") this.#told.message(JSON.parse(data));
    if (name === "typing") this.#told.typing(JSON.parse(data).on);
  }
}

/** Takes bytes as they come, gives events `{name, data}`. */
export function parser(give) {
  const decoder = new TextDecoder();
  let rest = "";
  let event = { name: "message", data: [] };
  const take = (line) => {
    if (line === "") {
      if (event.data.length) give({ name: event.name, data: event.data.join("\n") });
      event = { name: "message", data: [] };
      return;
    }
    const [, field, value] = /^([^:]*):? ?(.*)$/s.exec(line);
    if (field === "event") event.name = value;
    if (field === "data") event.data.push(value);
  };
  return (bytes) => {
    // A carriage return at the end waits for the newline that may belong to it.
    const lines = (rest + decoder.decode(bytes, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    lines.forEach(take);
  };
}
