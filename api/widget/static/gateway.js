// What the gateway can be asked. The only file that knows its addresses.

import { phrases } from "./wording.js";

const PATIENCE = 20_000;
const TEMPORARY = [408, 425, 429];

let address = "/";

/** Where the gateway is: its own root, as seen from this page. */
export const home = () => address;
export function liveAt(url) {
  address = url;
}

/** The gateway, or something before it, said no; the message is for the visitor. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.isUnknown = status === 401;
    this.isTemporary = status >= 500 || TEMPORARY.includes(status);
  }
}

/** A new conversation: `{token, messages}`. `plain`: in やさしい日本語. */
export async function openSession({ plain }) {
  return asked("sessions", posted({ plain }));
}

/** All messages of the conversation, in order. */
export async function listMessages(token) {
  return (await asked("messages", { headers: authorised(token) })).messages;
}

/** Keep a message `{id, text}`, `{id, button}` or `{id, speak}`. The same id again changes nothing. */
export async function postMessage(token, message) {
  return asked("messages", posted(message, authorised(token)));
}

/** The open stream of events after this sequence. */
export async function openEvents(token, after, signal) {
  const headers = { ...authorised(token), Accept: "text/event-stream", "Last-Event-ID": String(after) };
  const response = await fetch(`${address}api/chat/events`, { headers, signal, cache: "no-store" });
  if (!response.ok) throw await refusal(response);
  return response.body;
}

async function asked(path, options) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    const response = await fetch(`${address}api/chat/${path}`, { ...options, signal: patience.signal, cache: "no-store" });
    if (!response.ok) throw await refusal(response);
    return await response.json();
  } finally {
    clearTimeout(timer);
  }
}

function posted(body, headers = {}) {
  return { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

function authorised(token) {
  return { Authorization: `Bearer ${token}` };
}

async function refusal(response) {
  const body = await response.json().catch(() => null);
  return new Refused(response.status, body?.error?.message ?? phrases().unreadableError);
}
