// Speaks with the imitated platform: follows what is on the screen, and does what the user does.

const LOST = "つながっていません。つながると、続きが出ます。";
const status = document.querySelector("#status");

/** Hear every change of what this user sees. Gives a way to stop. */
export function follow(user, show) {
  const events = new EventSource(`/demo/events?user=${encodeURIComponent(user)}`);
  events.onmessage = (event) => show(JSON.parse(event.data));
  events.onerror = () => (status.textContent = LOST);
  events.onopen = () => {
    if (status.textContent === LOST) status.textContent = "";
  };
  return () => events.close();
}

/** Do something as a user. Says so where the gateway did not take it. */
export async function act(name, given) {
  status.textContent = "";
  try {
    const answer = await fetch(`/demo/acts/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(given),
    });
    const told = await answer.json();
    if (!answer.ok) status.textContent = "その操作は今はできません。";
    else if (!told.taken) status.textContent = "窓口のサーバーが受け取りませんでした。動いているか確かめてください。";
  } catch {
    status.textContent = "送れませんでした。この画面のサーバーが動いているか確かめてください。";
  }
}

/** Send with Enter, but not while Japanese is being typed in; Shift and Enter begin a new line. */
export function composing(form, text, send) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = text.value.trim();
    if (!words) return;
    text.value = "";
    send(words);
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

/** Keep a list on the screen as it should be: what is new is added, what changed is drawn again, what went is removed. */
export class Log {
  #drawn = new Map();

  constructor(place, draw) {
    this.place = place;
    this.draw = draw;
  }

  show(entries) {
    const ids = new Set(entries.map((entry) => entry.id));
    for (const [id, { node }] of this.#drawn) {
      if (ids.has(id)) continue;
      node.remove();
      this.#drawn.delete(id);
    }
    const before = this.#drawn.size;
    let last = null;
    for (const entry of entries) last = this.#put(entry, last);
    // After the next drawing: choices that come with it take room below.
    if (this.#drawn.size > before) requestAnimationFrame(() => last?.scrollIntoView({ block: "end" }));
  }

  clear() {
    this.#drawn.clear();
    this.place.replaceChildren();
  }

  /** Draw an entry after the one before it. Gives what stands there now. */
  #put(entry, before) {
    const told = JSON.stringify(entry);
    const old = this.#drawn.get(entry.id);
    const node = old?.told === told ? old.node : this.draw(entry);
    if (old && old.node !== node) old.node.replaceWith(node);
    const next = before ? before.nextElementSibling : this.place.firstElementChild;
    if (node !== next) this.place.insertBefore(node, next);
    this.#drawn.set(entry.id, { told, node });
    return node;
  }
}
