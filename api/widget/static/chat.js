// Joins the parts of a conversation, wherever they stand: on our own page, or in an element on another one.

import { Composer } from "./composer.js";
import { offerContrast } from "./contrast.js";
import { Conversation } from "./conversation.js";
import { element } from "./element.js";
import { save } from "./keep.js";
import { Log } from "./log.js";
import { Manner } from "./manner.js";
import { offerTextSizes } from "./text_size.js";
import { View } from "./view.js";
import { worded, wordIn } from "./wording.js";
import { writtenDown } from "./written.js";

/**
 * `root` holds the parts of index.html, `sheet` is the element whose size and contrast are changed, `pane` is what scrolls.
 * `told` hears: entered(messages), message(message), print(nodes). Gives begin() and show().
 */
export function chat(root, { sheet, pane, told }) {
  const part = (id) => root.getElementById(id);
  wordIn(root);
  const view = new View(pane, part("newer"), root.querySelector(".foot"));
  const log = new Log(part("log"), (choice, isByKeyboard) => {
    const { node } = say(choice);
    // The button is gone: stay at this place of the page, so that Tab leads on to the answer.
    if (isByKeyboard) node.focus({ preventScroll: true });
  });
  const composer = new Composer(part("composer"), (text) => say({ text }));
  const manner = new Manner(part("plain"), (wish) => say(wish).id);

  const conversation = new Conversation({
    entered(messages, unsent) {
      composer.calm();
      manner.entered(messages, unsent);
      log.fill(messages);
      unsent.forEach((message) => log.expect(message));
      view.show(log.focus);
      told.entered(messages);
    },
    lost() {
      log.setAside();
      log.notice((phrases) => phrases.conversationLost);
    },
    left() {
      log.clear();
      composer.complain("");
    },
    message(message) {
      const isFollowed = view.isFollowed;
      if (message.author !== "visitor") showTyping(false);
      manner.heard(message);
      told.message(message);
      const added = log.show(message);
      if (!added) return;
      if (isFollowed) view.show(log.focus ?? added);
      // Someone who reads an answer from its beginning comes to its end by reading.
      if (!isFollowed || message.author !== "bot") view.announce(added);
    },
    typing(isOn) {
      const isFollowed = view.isFollowed;
      showTyping(isOn);
      if (isOn && isFollowed) view.show(log.focus);
    },
    connected(isConnected, trouble) {
      worded(part("connection"), (phrases) => (isConnected ? "" : phrases.reconnecting));
      if (!isConnected) showTyping(false);
      complainIfTold(trouble);
    },
    sent(id, sequence) {
      log.sent(id, sequence);
      manner.sent(id, sequence);
      composer.calm();
    },
    delayed(id, trouble) {
      log.delayed(id);
      complainIfTold(trouble);
    },
    refused(message, trouble) {
      log.withdraw(message.id);
      manner.refused(message.id);
      composer.complain(trouble.message);
      if (message.text) composer.restore(message.text);
    },
  });

  function say(content) {
    const message = conversation.say(content);
    const node = log.expect(message);
    view.show(node);
    return { id: message.id, node };
  }

  /** Only a gateway that answers has a sentence for the visitor; a broken line has none. */
  function complainIfTold(trouble) {
    if (trouble?.isTemporary) composer.complain(trouble.message, { passing: true });
  }

  function showTyping(isOn) {
    const dots = element("span", { class: "dots", "aria-hidden": "true" }, element("i"), element("i"), element("i"));
    part("typing").textContent = "";
    if (isOn) part("typing").append(worded(element("span"), (phrases) => phrases.typing), dots);
  }

  function askToRestart() {
    const dialog = part("ask-restart");
    dialog.returnValue = "stay";
    dialog.showModal();
  }

  /** It can be seen now; before, nothing of it had a size. */
  function show() {
    composer.fit();
    view.show(log.focus);
  }

  offerTextSizes(root.querySelectorAll(".sizes button"), sheet, () => composer.fit());
  offerContrast(part("contrast"), sheet);
  part("print").addEventListener("click", () => told.print(log.nodes));
  part("save").addEventListener("click", () => save(writtenDown(log.messages)));
  part("restart").addEventListener("click", askToRestart);
  part("ask-restart").addEventListener("close", (event) => {
    if (event.target.returnValue === "restart") conversation.restart();
  });
  return { begin: () => conversation.begin(), show };
}
