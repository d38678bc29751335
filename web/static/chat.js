/* The chat in the browser. Without it every form still posts; with it nothing is lost on a bad line.
   ES2018, no library: browsers of Android 8 run it. The server renders each turn; what a citizen types is
   only ever put into the page as text. */
(function () {
  "use strict";

  var say = document.getElementById("say");
  if (!say || !window.URL || !window.JSON) return;

  var words = JSON.parse(document.getElementById("words").textContent);
  var log = document.getElementById("log");
  var box = document.getElementById("text");
  var dock = document.getElementById("cuoi");
  var typing = document.getElementById("typing");
  var typingWords = document.getElementById("typing-words");
  var problem = document.getElementById("problem");
  var newBelow = document.getElementById("new-below");
  var photoFile = document.getElementById("photo-file");
  var title = document.title;
  var LONGEST = 10000;
  var LARGEST_PHOTO = 8000000;
  var unread = 0;
  var owner = document.getElementById("staff").hidden ? "person" : "bot";

  /* ---- Sending: one after the other, each with an id of its own, so that sending again is the same message */

  var waiting = [];
  var busy = false;

  function newId() {
    var bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.prototype.map.call(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }

  function queue(message) {
    message.id = newId();
    message.bubble = ownBubble(message);
    waiting.push(message);
    tell("");
    hideStarters();
    bottom();
    sendNext();
  }

  function sendNext() {
    if (busy || !waiting.length) return;
    busy = true;
    var message = waiting[0];
    mark(message, "pending", words.sending);
    post(message, function (status, answer) {
      busy = false;
      waiting.shift();
      if (status >= 200 && status < 300 && answer) taken(message, answer);
      else failed(message, status, answer);
      sendNext();
    });
  }

  function post(message, done) {
    var request = new XMLHttpRequest();
    var body = message.file ? new FormData() : JSON.stringify(Object.assign({ event_id: message.id }, message.fields));
    request.open("POST", message.file ? document.getElementById("photo").action : say.action);
    request.timeout = message.file ? 180000 : 30000;
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", say.elements.csrfmiddlewaretoken.value);
    if (message.file) {
      body.append("event_id", message.id);
      body.append("photo", message.file, "photo");
      request.upload.onprogress = function (event) {
        if (event.lengthComputable) mark(message, "pending", words.sending + " " + Math.round(100 * event.loaded / event.total) + "%");
      };
    } else {
      request.setRequestHeader("Content-Type", "application/json");
    }
    request.onload = function () { done(request.status, parsed(request.responseText)); };
    request.onerror = request.ontimeout = function () { done(0, null); };
    request.send(body);
  }

  function parsed(text) {
    try { return JSON.parse(text); } catch (wrong) { return null; }
  }

  function taken(message, answer) {
    if (message.preview) URL.revokeObjectURL(message.preview);
    place(answer.turn);
    if (!isListening()) stand(answer.standing); /* an open stream may already have told what came after */
    listen();
  }

  function failed(message, status, answer) {
    var said = answer && answer.error && answer.error.message;
    mark(message, "unsent", words.not_sent);
    if (said) tell(said);
    else if (status === 403) tell(words.reload);
    else if (status === 0 && navigator.onLine === false) tell(words.offline);
    if (!message.again) addAgain(message);
  }

  function addAgain(message) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "again";
    button.textContent = words.again;
    button.addEventListener("click", function () { again(message); });
    message.again = button;
    message.bubble.querySelector(".who").appendChild(button);
  }

  function again(message) {
    if (!message.again) return;
    message.again.remove();
    message.again = null;
    log.appendChild(message.bubble);
    waiting.push(message);
    tell("");
    sendNext();
  }

  window.addEventListener("online", function () {
    tell("");
    log.querySelectorAll(".unsent .again").forEach(function (button) { button.click(); });
  });

  /* ---- What the citizen said, before the server has it */

  function ownBubble(message) {
    var turn = document.getElementById("own").content.firstElementChild.cloneNode(true);
    var now = new Date();
    turn.dataset.event = message.id;
    turn.querySelector("time").textContent = ("0" + now.getHours()).slice(-2) + ":" + ("0" + now.getMinutes()).slice(-2);
    turn.appendChild(message.preview ? picture(message.preview) : bubble(message.label));
    log.appendChild(turn);
    return turn;
  }

  function bubble(text) {
    var around = document.createElement("div");
    var inside = document.createElement("p");
    around.className = "bubble";
    inside.className = "text";
    inside.textContent = text;
    around.appendChild(inside);
    return around;
  }

  function picture(address) {
    var around = document.createElement("span");
    var image = document.createElement("img");
    around.className = "photo";
    image.src = address;
    image.alt = words.photo;
    around.appendChild(image);
    return around;
  }

  function mark(message, state, text) {
    message.bubble.classList.remove("pending", "unsent");
    message.bubble.classList.add(state);
    message.bubble.querySelector(".state").textContent = text;
  }

  /* ---- Turns from the server: each once, in the order of their ids */

  function place(turn) {
    if (document.getElementById("t" + turn.id)) return;
    var near = nearBottom();
    var own = turn.event_id && log.querySelector('.turn:not([data-id])[data-event="' + turn.event_id + '"]');
    var element = rendered(turn.html);
    var focused = own && own.contains(document.activeElement);
    if (own) own.remove();
    log.insertBefore(element, firstAfter(turn.id));
    if (focused) box.focus();
    hideStarters();
    if (turn.author === "citizen") { if (near) bottom(); return; }
    if (near) reveal(element); else newBelow.hidden = false;
    if (document.hidden) { unread += 1; document.title = "(" + unread + ") " + title; }
  }

  function rendered(html) {
    var holder = document.createElement("template");
    holder.innerHTML = html;
    return holder.content.firstElementChild;
  }

  function firstAfter(id) {
    var turns = log.querySelectorAll(".turn:not(.welcome)");
    for (var i = 0; i < turns.length; i++) {
      if (!turns[i].dataset.id || Number(turns[i].dataset.id) > id) return turns[i];
    }
    return null;
  }

  function lastId() {
    var turns = log.querySelectorAll(".turn[data-id]");
    return turns.length ? turns[turns.length - 1].dataset.id : "0";
  }

  function stand(standing) {
    var near = nearBottom();
    var height = dock.offsetHeight;
    owner = standing.owner;
    document.getElementById("standing-line").textContent = standing.line;
    document.getElementById("standing").hidden = !standing.line;
    document.getElementById("leave").hidden = !standing.may_leave;
    document.getElementById("staff").hidden = standing.owner !== "bot";
    showTyping(standing.answering && standing.owner !== "staff");
    if (near) window.scrollBy(0, dock.offsetHeight - height);
    closeGap();
  }

  var slow = null;

  function showTyping(on) {
    if (typing.hidden !== on) return;
    var near = nearBottom();
    typing.hidden = !on;
    clearTimeout(slow);
    typingWords.textContent = words.typing;
    if (on) slow = setTimeout(function () { typingWords.textContent = words.typing_long; }, 12000);
    if (on && near) bottom();
  }

  /* ---- Listening: a live stream, and asking now and then where streams do not pass */

  var source = null;
  var asking = null;
  var refusals = 0;

  function listen() {
    if (source || !window.EventSource) { if (!window.EventSource) ask(); return; }
    source = new EventSource("/chat/stream?after=" + lastId());
    source.addEventListener("open", function () { refusals = 0; stopAsking(); });
    source.addEventListener("turn", function (event) { place(JSON.parse(event.data)); });
    source.addEventListener("standing", function (event) { stand(JSON.parse(event.data)); });
    source.addEventListener("error", function () {
      refusals += 1;
      if (source.readyState !== 2 && refusals < 4) return;
      hangUp();
      ask();
      setTimeout(listen, 60000);
    });
  }

  function isListening() {
    return Boolean(source) && source.readyState === 1;
  }

  function hangUp() {
    if (source) source.close();
    source = null;
  }

  function ask() {
    if (asking) return;
    asking = setInterval(askOnce, 5000);
    askOnce();
  }

  function stopAsking() {
    clearInterval(asking);
    asking = null;
  }

  function askOnce() {
    var request = new XMLHttpRequest();
    request.open("GET", "/chat/turns?after=" + lastId());
    request.timeout = 15000;
    request.onload = function () {
      var news = request.status === 200 && parsed(request.responseText);
      if (!news) return;
      news.turns.forEach(place);
      stand(news.standing);
    };
    request.send();
  }

  /* A hidden page keeps its stream only while it waits for something: browsers allow few at a time. */
  document.addEventListener("visibilitychange", function () {
    if (document.hidden) {
      if (owner === "bot" && typing.hidden && !waiting.length) { hangUp(); stopAsking(); }
      return;
    }
    unread = 0;
    document.title = title;
    if (begun()) listen();
  });

  function begun() {
    return Boolean(log.querySelector(".turn[data-id]"));
  }

  /* ---- Places in the page */

  function nearBottom() {
    return log.getBoundingClientRect().bottom < dock.getBoundingClientRect().top + 160;
  }

  function bottom() {
    newBelow.hidden = true;
    var end = document.querySelector(".chat").getBoundingClientRect().bottom + window.pageYOffset;
    window.scrollTo(0, Math.max(0, end - window.innerHeight));
  }

  /* A long answer is read from its first line. */
  function reveal(element) {
    var head = document.querySelector(".top");
    var above = getComputedStyle(head).position === "sticky" ? head.offsetHeight : 0;
    bottom();
    var top = element.getBoundingClientRect().top - above - 8;
    if (top < 0) window.scrollBy(0, top);
  }

  /* The sign of typing is gone and the page shorter: do not show what lies below the composer. */
  function closeGap() {
    var gap = window.innerHeight - document.querySelector(".chat").getBoundingClientRect().bottom;
    if (gap > 0 && gap < 120) window.scrollBy(0, -gap);
  }

  newBelow.addEventListener("click", bottom);
  window.addEventListener("scroll", function () { if (nearBottom()) newBelow.hidden = true; }, { passive: true });

  function tell(text) {
    problem.textContent = text;
  }

  function hideStarters() {
    var starters = document.getElementById("starters");
    if (starters) starters.remove();
  }

  /* ---- What the citizen does */

  function grow() {
    box.style.height = "auto";
    box.style.height = Math.min(box.scrollHeight, 170) + "px";
  }

  function sendText() {
    var text = box.value.trim();
    if (!text) { box.focus(); return; }
    if (text.length > LONGEST) { tell(words.too_long); return; }
    queue({ label: text, fields: { text: text } });
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
    var touch = window.matchMedia && window.matchMedia("(pointer: coarse)").matches;
    if (event.key !== "Enter" || event.shiftKey || composing || touch) return;
    event.preventDefault();
    sendText();
  });

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
    queue({ label: button.textContent.trim(), fields: fields });
  });

  function keepDraft() {
    try { sessionStorage.setItem("draft", box.value); } catch (closed) { /* private mode: no draft */ }
  }

  function draft() {
    try { return sessionStorage.getItem("draft") || ""; } catch (closed) { return ""; }
  }

  document.getElementById("forget").addEventListener("submit", function () {
    hangUp();
    try { sessionStorage.clear(); } catch (closed) { /* nothing was kept */ }
  });

  /* ---- A photo: made smaller here when the browser can turn it upright, to spare the line */

  var pickPhoto = document.getElementById("pick-photo");
  pickPhoto.hidden = false;
  pickPhoto.addEventListener("click", function () { photoFile.click(); });
  photoFile.addEventListener("change", function () {
    var file = photoFile.files && photoFile.files[0];
    photoFile.value = "";
    if (!file) return;
    if (!/^image\/(jpeg|png|webp)$/.test(file.type)) { tell(words.photo_kind); return; }
    smaller(file, function (ready) {
      if (ready.size > LARGEST_PHOTO) { tell(words.photo_size); return; }
      queue({ label: words.photo, file: ready, preview: URL.createObjectURL(ready) });
    });
  });

  function smaller(file, done) {
    var turnsUpright = window.CSS && CSS.supports && CSS.supports("image-orientation", "from-image");
    if (file.size < 700000 || !turnsUpright || !HTMLCanvasElement.prototype.toBlob) { done(file); return; }
    var image = new Image();
    var address = URL.createObjectURL(file);
    image.onerror = function () { URL.revokeObjectURL(address); done(file); };
    image.onload = function () {
      var scale = Math.min(1, 1600 / Math.max(image.naturalWidth, image.naturalHeight));
      var canvas = document.createElement("canvas");
      canvas.width = Math.round(image.naturalWidth * scale);
      canvas.height = Math.round(image.naturalHeight * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob(function (blob) { done(blob && blob.size < file.size ? blob : file); }, "image/jpeg", 0.85);
    };
    image.src = address;
  }

  /* ---- A position: the browser asks for leave itself, and nothing is sent before */

  var sharePosition = document.getElementById("share-position");
  if (navigator.geolocation && window.isSecureContext !== false) sharePosition.hidden = false;
  sharePosition.addEventListener("click", function () {
    tell("");
    sharePosition.disabled = true;
    typingWords.textContent = words.locating;
    typing.hidden = false;
    navigator.geolocation.getCurrentPosition(located, notLocated, { timeout: 20000, maximumAge: 60000, enableHighAccuracy: true });
  });

  function located(found) {
    locatingEnds();
    var position = { latitude: found.coords.latitude, longitude: found.coords.longitude };
    queue({ label: words.position, fields: { position: position } });
  }

  function notLocated(wrong) {
    locatingEnds();
    tell(wrong.code === 1 ? words.position_denied : words.position_failed);
  }

  function locatingEnds() {
    sharePosition.disabled = false;
    typing.hidden = true;
    typingWords.textContent = words.typing;
  }

  /* ---- Beginning */

  if (!box.value) box.value = draft();
  grow();
  if (begun()) {
    bottom();
    listen();
    window.addEventListener("load", bottom);
  }
})();
