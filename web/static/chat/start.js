/* Beginning: what waited is sent, and what was said is in sight. The frame first fetches it (frame.js). */
(function () {
  "use strict";
  if (!window.chat) return;

  chat.composer.begin();
  if (chat.inFrame) { chat.frame.begin(); return; }
  chat.outgoing.restore();
  if (!chat.turns.begun()) return;
  // The page opens at the newest words, not where an earlier visit was left.
  if ("scrollRestoration" in history) history.scrollRestoration = "manual";
  chat.turns.bottom();
  chat.live.start();
  window.addEventListener("load", chat.turns.bottom);
})();
