// One person's direct messages with the bot, or the channel, and the home tab.

import { drawBlocks } from "./blocks.js";
import { element, time } from "./element.js";
import { marked } from "./mrkdwn.js";
import { act, composing, follow, Log } from "./platform.js";

const find = (id) => document.querySelector(`#${id}`);
const user = find("user");
const text = find("text");
const log = new Log(find("log"), draw);
let stop = () => {};
let thread = null;
let me = "";

const send = (name, given = {}) => act(name, { user: user.value, ...given });
const isChannel = () => user.value.endsWith("@channel");

function draw(post) {
  const head = element("p", {}, element("span", { class: "name" }, post.name), post.bot && element("span", { class: "app" }, "アプリ"), time(new Date(Number(post.ts) * 1000)), post.edited && " (編集済み)");
  const body = post.blocks?.length ? drawBlocks(post.blocks, (wanted) => send("press", { wanted })) : element("p", { class: "words" }, marked(post.text));
  const kind = ["message", post.thread_ts && "answer", post.alone && "alone"].filter(Boolean).join(" ");
  return element("article", { class: kind }, post.alone && element("p", { class: "how" }, "あなただけに表示されています"), head, body, tools(post));
}

function tools(post) {
  const made = element("div", { class: "tools" });
  const tool = (label, onclick) => made.append(element("button", { type: "button", class: "small", onclick }, label));
  if (post.alone) return made;
  if (!post.thread_ts) tool("スレッドで返信", () => enter(post.ts, post.text));
  if (post.user !== me) return made;
  tool("削除", () => send("delete", { ts: post.ts }));
  tool("文の最後に「(訂正)」を付ける", () => send("edit", { ts: post.ts, text: `${post.text}(訂正)` }));
  return made;
}

/** Answers stand below what they answer. */
function ordered(posts) {
  const roots = posts.filter((post) => !post.thread_ts || post.thread_ts === post.ts);
  return roots.flatMap((root) => [root, ...posts.filter((post) => post.thread_ts === root.ts && post !== root)]);
}

function show(view) {
  me = view.user;
  log.show(ordered(view.posts).map((post) => ({ id: post.ts, ...post })));
  find("tab").replaceChildren(...(view.home ? drawBlocks(view.home.blocks, (wanted) => send("press", { wanted, home: true })) : ["まだ何も出ていません。"]));
}

function enter(ts, words) {
  thread = ts;
  find("answering").hidden = ts === null;
  find("answering-to").textContent = ts === null ? "" : `スレッド:${words.slice(0, 30)}`;
  if (ts !== null) text.focus();
}

function begin() {
  stop();
  log.clear();
  enter(null);
  find("title").textContent = isChannel() ? "#相談" : "窓口(DM)";
  find("hint").textContent = isChannel() ? "(@窓口 と書くと呼びかけます。/madoguchi も使えます)" : "(/madoguchi も使えます)";
  stop = follow(user.value, show);
}

composing(find("composer"), text, (words) => send("say", { text: words, thread }));
find("leave").addEventListener("click", () => enter(null));
find("home").addEventListener("click", () => {
  const tab = find("tab");
  tab.hidden = !tab.hidden;
  find("home").setAttribute("aria-expanded", String(!tab.hidden));
  if (!tab.hidden) send("home");
});
user.addEventListener("change", begin);
begin();
