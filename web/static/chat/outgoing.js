/* What the citizen sends: one message after the other, each with an id of its own, so that sending it again is
   the same message. What finds no network waits, over a reload too, and is sent in order when there is one. */
(function () {
  "use strict";
  if (!window.chat) return;

  var KEY = "unsent-" + chat.door.name;
  var words = chat.words;
  /* A message this old is not sent by itself any more: the citizen may have asked elsewhere. */
  var STALE = 86400000;
  var LONGEST_PAUSE = 30000;
  var waiting = [];
  var inFlight = null;
  var retry = null;
  var pauses = 0;

  /* ---- Kept until the server has it; never on a shared machine, and no pictures */

  function stored() {
    try { return JSON.parse(localStorage.getItem(KEY)) || []; } catch (closed) { return []; }
  }

  function store(messages) {
    try {
      if (messages.length) localStorage.setItem(KEY, JSON.stringify(messages)); else localStorage.removeItem(KEY);
    } catch (closed) { /* kept only as long as the page is open */ }
  }

  function keep(message) {
    if (chat.isShared || !message.fields) return;
    store(stored().concat({ id: message.id, label: message.label, fields: message.fields, at: message.at }));
  }

  function unkeep(message) {
    store(stored().filter(function (kept) { return kept.id !== message.id; }));
  }

  /* What waited when the page was left. */
  function restore() {
    stored().forEach(function (message) {
      if (chat.turns.has(message.id)) { unkeep(message); return; }
      message.bubble = chat.turns.addOwn(message);
      if (Date.now() - message.at > STALE) { setAside(message); return; }
      waiting.push(message);
    });
    sendNext();
  }

  /* ---- In order */

  /* message: its label and fields, or its file with a preview and the group it was chosen with. */
  function queue(message) {
    message.id = chat.door.newId();
    message.at = Date.now();
    message.bubble = chat.turns.addOwn(message);
    waiting.push(message);
    keep(message);
    chat.tell("");
    chat.turns.bottom();
    sendNext();
  }

  function sendNext() {
    if (inFlight || !waiting.length) { tellConnection(); return; }
    if (navigator.onLine === false) { pause(waiting[0]); return; }
    clearTimeout(retry);
    send(waiting[0]);
  }

  function send(message) {
    mark(message, "pending", words.sending);
    if (message.file) offer(message, "cancel", words.cancel, drop);
    var address = chat.element(message.file ? "photo" : "say").action;
    inFlight = chat.door.ask("POST", address, bodyOf(message), function (status, answer, request) {
      inFlight = null;
      if (status >= 200 && status < 300 && answer) taken(message, answer);
      else if (status === 403) expired(message);
      else if (isPassing(status, answer)) pause(message, request.getResponseHeader("Retry-After"));
      else refused(message, answer);
    });
    if (message.file) inFlight.upload.onprogress = function (event) {
      if (event.lengthComputable) mark(message, "pending", words.sending + " " + Math.round(100 * event.loaded / event.total) + "%");
    };
  }

  function bodyOf(message) {
    if (!message.file) return JSON.stringify(Object.assign({ event_id: message.id }, message.fields));
    var form = new FormData();
    form.append("event_id", message.id);
    form.append("photo", message.file, "photo");
    if (message.group) form.append("group", message.group);
    return form;
  }

  /* No network, a server that restarts, or too fast: the same message may pass later. What the chat itself
     refuses with a sentence does not. */
  function isPassing(status, answer) {
    return status === 429 || !(answer && answer.error) && (status === 0 || status === 408 || status >= 500);
  }

  function taken(message, answer) {
    finish(message);
    chat.turns.place(answer.turn);
    if (!chat.live.isOpen()) chat.turns.stand(answer.standing); /* an open stream may already have told what came after */
    chat.live.start();
    sendNext();
  }

  function finish(message) {
    pauses = 0;
    remove(message);
    unkeep(message);
    if (message.preview) URL.revokeObjectURL(message.preview);
  }

  function remove(message) {
    waiting = waiting.filter(function (other) { return other !== message; });
  }

  /* ---- What could not be sent */

  /* after: seconds the server asked for, or nothing. */
  function pause(message, after) {
    var seconds = Number(after) || 0;
    pauses += 1;
    clearTimeout(retry);
    retry = setTimeout(resume, Math.max(1000 * seconds, Math.min(LONGEST_PAUSE, 1000 * Math.pow(2, pauses))));
    chat.turns.steady(function () {
      mark(message, "unsent", words.not_sent);
      offer(message, "again", words.again, hurry);
      offer(message, "drop", words.drop, drop);
      waiting.slice(1).forEach(function (next) {
        mark(next, "pending", words.waits);
        offer(next, "drop", words.drop, drop);
      });
      tellConnection();
    });
  }

  function expired(message) {
    mark(message, "unsent", words.not_sent);
    chat.tell(message.file ? words.reload_photo : words.reload);
  }

  function refused(message, answer) {
    chat.tell(answer && answer.error ? answer.error.message : words.refused);
    remove(message);
    unkeep(message);
    setAside(message);
    sendNext();
  }

  /* Not in the queue any more, and still in sight. */
  function setAside(message) {
    mark(message, "unsent", words.not_sent);
    offer(message, "again", words.again, again);
    offer(message, "drop", words.drop, drop);
  }

  function again(message) {
    chat.tell("");
    chat.element("log").appendChild(message.bubble);
    waiting.push(message);
    if (!stored().some(function (kept) { return kept.id === message.id; })) keep(message);
    message.at = Date.now();
    sendNext();
  }

  /* Even when the browser believes that there is no network: it may be wrong. */
  function resume() {
    clearTimeout(retry);
    if (!inFlight && waiting.length) send(waiting[0]);
  }

  function hurry() {
    chat.tell("");
    pauses = 0;
    resume();
  }

  function drop(message) {
    var held = message.bubble.contains(document.activeElement);
    if (inFlight && waiting[0] === message) { inFlight.abort(); inFlight = null; }
    finish(message);
    message.bubble.remove();
    if (held) chat.element("text").focus();
    chat.tell("");
    sendNext();
  }

  /* ---- In sight */

  function mark(message, state, text) {
    message.bubble.classList.remove("pending", "unsent");
    message.bubble.classList.add(state);
    message.bubble.querySelector(".state").textContent = text;
    if (state !== message.state) message.bubble.querySelectorAll(".who button").forEach(function (old) { old.remove(); });
    message.state = state;
  }

  function offer(message, name, label, act) {
    if (message.bubble.querySelector("." + name)) return;
    var button = document.createElement("button");
    button.type = "button";
    button.className = name;
    button.textContent = label;
    button.addEventListener("click", function () { act(message); });
    message.bubble.querySelector(".who").appendChild(button);
  }

  function tellConnection() {
    var line = chat.element("connection");
    var text = navigator.onLine === false ? words.offline : "";
    var unsent = waiting.filter(function (message) { return message.state === "unsent"; }).length;
    if (!text && unsent) text = words.retrying;
    if (text && waiting.some(function (message) { return message.file; })) text += " " + words.photo_waits;
    else if (text && chat.isShared && waiting.length) text += " " + words.waits_open;
    if (line.textContent !== text) chat.turns.steady(function () { line.textContent = text; });
  }

  window.addEventListener("online", function () { hurry(); tellConnection(); });
  window.addEventListener("offline", tellConnection);
  tellConnection();

  chat.outgoing = {
    queue: queue,
    restore: restore,
    isWaiting: function () { return waiting.length > 0; },
    clear: function () { store([]); }
  };
})();
