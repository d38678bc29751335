/* What the citizen does: types, taps a choice, shares a position. */
(function () {
  "use strict";
  if (!window.chat) return;

  var LONGEST = 10000;
  var DRAFT = "draft-" + chat.door.name;
  var words = chat.words;
  var say = chat.element("say");
  var box = chat.element("text");

  /* ---- Typing */

  function grow() {
    box.style.height = "auto";
    box.style.height = Math.min(box.scrollHeight, 170) + "px";
  }

  function sendText() {
    var text = box.value.trim();
    if (!text) { box.focus(); return; }
    if (text.length > LONGEST) { chat.tell(words.too_long); return; }
    chat.outgoing.queue({ label: text, fields: { text: text } });
    box.value = "";
    keepDraft();
    grow();
    box.focus();
  }

  say.addEventListener("submit", function (event) {
    event.preventDefault();
    sendText();
  });

  box.addEventListener("input", function () { grow(); keepDraft(); });
  box.addEventListener("keydown", function (event) {
    var composing = event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || composing || chat.isTouched) return;
    event.preventDefault();
    sendText();
  });

  function keepDraft() {
    try { sessionStorage.setItem(DRAFT, box.value); } catch (closed) { /* private mode: no draft */ }
  }

  function draft() {
    try { return sessionStorage.getItem(DRAFT) || ""; } catch (closed) { return ""; }
  }

  /* ---- A tap: twice within a second is once */

  var lastTap = { value: "", at: 0 };

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest('button[form="say"][name], #staff');
    if (!button) return;
    event.preventDefault();
    var now = Date.now();
    if (lastTap.value === button.value && now - lastTap.at < 1000) return;
    lastTap = { value: button.value, at: now };
    var fields = {};
    fields[button.name] = button.value;
    var goes = Boolean(button.closest("#starters"));
    chat.outgoing.queue({ label: (button.querySelector(".label") || button).textContent.trim(), fields: fields });
    if (goes && !chat.isTouched) box.focus(); /* the button is gone: the Tab key must not start over */
  });

  /* ---- A position: the browser asks for leave itself, and nothing is sent before */

  var share = chat.element("share-position");
  if (navigator.geolocation && window.isSecureContext !== false) share.hidden = false;
  share.addEventListener("click", function () {
    chat.tell("");
    share.disabled = true;
    chat.turns.showWork(words.locating);
    navigator.geolocation.getCurrentPosition(located, notLocated, { timeout: 20000, maximumAge: 60000, enableHighAccuracy: true });
  });

  function located(found) {
    locatingEnds();
    var position = { latitude: found.coords.latitude, longitude: found.coords.longitude };
    chat.outgoing.queue({ label: words.position, fields: { position: position } });
  }

  function notLocated(wrong) {
    locatingEnds();
    chat.tell(wrong.code === 1 ? words.position_denied : words.position_failed);
  }

  function locatingEnds() {
    share.disabled = false;
    chat.turns.showWork("");
  }

  chat.composer = {
    begin: function () {
      if (!box.value) box.value = draft();
      grow();
    },
    isEmpty: function () { return !box.value; },
    focus: function () { box.focus(); }
  };
})();
