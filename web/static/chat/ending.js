/* The end: erased here, in another tab or by itself; nothing stays in this browser. And a shared machine, which
   ends in sight when nobody touches it. */
(function () {
  "use strict";
  if (!window.chat) return;

  var shared = chat.element("shared");
  var patience = Number(shared.dataset.seconds);
  var SOON = 60;
  var endsAt = 0;
  var counting = null;

  function clear() {
    chat.outgoing.clear();
    try { sessionStorage.clear(); } catch (closed) { /* nothing was kept */ }
  }

  /* Somebody else ended it. */
  function startAnew() {
    chat.live.stop();
    clear();
    if (chat.inFrame) chat.frame.leave();
    else chat.element("go-on").submit();
  }

  function endNow() {
    clearInterval(counting);
    chat.live.stop();
    clear();
    if (chat.inFrame) chat.frame.end();
    else chat.element("end").submit();
  }

  function touched() {
    if (!patience) return;
    endsAt = isUsed() ? Date.now() + patience * 1000 : 0;
  }

  function isUsed() { return chat.turns.begun() || !chat.composer.isEmpty(); }

  function countDown() {
    if (!isUsed()) { endsAt = 0; return; }
    if (!endsAt) touched();
    var left = Math.max(0, Math.round((endsAt - Date.now()) / 1000));
    var clock = Math.floor(left / 60) + ":" + ("0" + left % 60).slice(-2);
    shared.textContent = chat.words.ends_in.replace("{clock}", clock);
    var soon = left <= Math.min(SOON, patience / 2);
    if (soon !== shared.classList.contains("soon")) {
      shared.classList.toggle("soon", soon);
      chat.element("ends-soon").textContent = soon ? chat.words.ends_soon : "";
    }
    if (left === 0) endNow();
  }

  if (patience) {
    ["keydown", "pointerdown", "touchstart", "wheel", "input"].forEach(function (what) {
      window.addEventListener(what, touched, { passive: true });
    });
    counting = setInterval(countDown, 1000);
  }

  if (document.body.hasAttribute("data-ended")) clear();
  window.addEventListener("pageshow", function (event) { if (event.persisted) window.location.reload(); });

  chat.touched = touched;
  chat.ending = { startAnew: startAnew, endNow: endNow };
})();
