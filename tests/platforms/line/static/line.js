// The chat of one LINE user with the account.

import { element, time } from "./element.js";
import { drawFlex, opening } from "./flex.js";
import { act, composing, follow, Log } from "./platform.js";

const find = (id) => document.querySelector(`#${id}`);
const user = find("user");
const KINDS = { sticker: "スタンプ", image: "写真", video: "動画", audio: "音声", file: "ファイル", location: "位置情報" };
const HOW = { reply: "応答", push: "プッシュ" };
const log = new Log(find("log"), draw);
let stop = () => {};

const send = (name, given = {}) => act(name, { user: user.value, ...given });

function tap(action) {
  if (action.type === "location") {
    find("place").hidden = false;
    find("address").focus();
    return;
  }
  send("press", { wanted: action.data ?? action.label });
}

function draw(shown) {
  const said = shown.by === "bot" ? (shown.sender ?? find("name").textContent) : "あなた";
  const aside = element("div", { class: "aside" }, time(new Date(shown.at)), shown.how && element("span", { class: "how" }, HOW[shown.how]));
  if (shown.mine)
    aside.append(element("button", { type: "button", class: "small", onclick: () => send("unsend", { id: shown.id }) }, "送信取消"));
  const row = element("div", { class: "row" }, content(shown.message), aside);
  return element("div", { class: `message ${shown.by}` }, element("span", { class: "name" }, said), row);
}

function content(message) {
  if (message.type === "flex") return drawFlex(message.contents, tap);
  if (message.type === "unsent") return element("p", { class: "unsent" }, "メッセージの送信を取り消しました");
  if (message.type === "text") return element("p", { class: "bubble" }, message.text);
  return element("p", { class: "bubble" }, `〔${KINDS[message.type] ?? message.type}〕${message.address ?? ""}`);
}

function show(view) {
  find("name").textContent = view.bot;
  find("empty").hidden = view.shown.length > 0;
  log.show(view.shown);
  find("loading").textContent = view.loading ? "入力中…" : "";
  find("quick").replaceChildren(...view.quick.map((action) => opening(action, tap, [action.label], "choice")));
  find("unfollow").hidden = !view.friend;
  for (const field of find("composer").elements) field.disabled = !view.friend;
  showMenu(view.menu);
}

function showMenu(menu) {
  find("menu").hidden = !menu;
  if (!menu) return;
  find("menu-text").textContent = menu.text;
  const tapArea = (area) => () => send("tap", { area });
  const areas = menu.areas.map((action, area) => opening(action, tapArea(area), [action.label ?? action.displayText ?? action.text ?? action.data ?? action.uri], ""));
  find("areas").replaceChildren(...areas);
}

function begin() {
  stop();
  log.clear();
  stop = follow(user.value, show);
}

composing(find("composer"), find("text"), (text) => send("say", { text }));
for (const name of ["follow", "unfollow", "sticker"]) find(name).addEventListener("click", () => send(name));
for (const kind of ["image", "audio"]) find(kind).addEventListener("click", () => send("media", { kind }));
find("location").addEventListener("click", () => (find("place").hidden = !find("place").hidden));
find("place").addEventListener("submit", (event) => {
  event.preventDefault();
  find("place").hidden = true;
  send("location", { address: find("address").value });
});
user.addEventListener("change", begin);
begin();
