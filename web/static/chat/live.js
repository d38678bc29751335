/* Listening for news: one live stream a browser, and asking now and then where streams do not pass.

   The stream is read with XMLHttpRequest, not EventSource: it can carry the widget's token, and it shows the
   signs of life that the server gives every 20 s, so that a line that died in a sleeping phone is noticed.
   Among the tabs of a browser the one that was looked at last listens (Web Locks) and tells the others
   (BroadcastChannel); a browser without these listens in each tab that is seen. */
(function () {
  "use strict";
  if (!window.chat) return;

  /* Milliseconds: more than two signs of life missed. */
  var SILENCE = 50000;
  var ASK_EVERY = 5000;
  var LONGEST_PAUSE = 60000;
  var turns = chat.turns;
  var others = channel();

  var leads = false;
  var claim = null;
  var letGo = null;
  var request = null;
  var failures = 0;
  var heardAt = 0;
  var comingBack = null;
  var asking = null;

  /* ---- Who listens */

  /* To the other tabs of the same person. On a shared machine the next tab may be somebody else's. */
  function channel() {
    if (chat.isShared || !navigator.locks || !window.BroadcastChannel) return null;
    try { return new BroadcastChannel(chat.door.name); } catch (closed) { return null; }
  }

  function wants() { return turns.begun() && (chat.isSeen() || awaits()); }

  /* Something is on its way, so that even a page that nobody looks at listens. */
  function awaits() { return chat.owner !== "bot" || turns.isWorked() || chat.outgoing.isWaiting(); }

  function start() {
    if (!wants() || request) return;
    if (leads) connect();
    else lead(chat.isSeen());
  }

  /* steal: at once, from the tab that listens now; otherwise when that one is done. */
  function lead(steal) {
    if (!others) { listenAlone(); return; }
    var mine = claim = {};
    navigator.locks.request(chat.door.name, steal ? { steal: true } : {}, function () {
      if (claim !== mine || !wants()) return null;
      leads = true;
      connect();
      return new Promise(function (release) { letGo = release; });
    }).catch(function (wrong) {
      if (claim !== mine) return;
      if (wrong.name === "AbortError") lost(); else listenAlone();
    });
  }

  /* The browser keeps locks from this frame. */
  function listenAlone() {
    others = null;
    leads = true;
    connect();
  }

  /* Another tab took over. */
  function lost() {
    leads = false;
    letGo = null;
    stop();
    if (wants()) lead(false);
  }

  /* Nobody looks and nothing is awaited: browsers allow few streams at a time. */
  function rest() {
    stop();
    leads = false;
    if (letGo) letGo();
    letGo = null;
  }

  function stop() {
    clearTimeout(comingBack);
    stopAsking();
    if (request) request.abort();
    request = null;
  }

  /* ---- The stream */

  function connect() {
    stop();
    heard();
    var mine = request = chat.door.open("GET", "/chat/stream?after=" + turns.lastId());
    var read = reader();
    var wasHeard = false;
    request.onprogress = function () {
      if (mine.status !== 200) return;
      wasHeard = true;
      failures = 0;
      stopAsking();
      heard();
      read(mine.responseText);
    };
    request.onload = request.onerror = function () {
      if (request !== mine) return;
      request = null;
      if (mine.status === 204) askOnce(); /* nothing is kept of what this page shows, or it was erased */
      else comeBack(wasHeard);
    };
    request.send();
  }

  /* What came since the last look, in whole events; what is not whole yet stays. */
  function reader() {
    var read = 0;
    return function (text) {
      var end = text.lastIndexOf("\n\n");
      if (end < read) return;
      text.slice(read, end).split("\n\n").forEach(function (block) {
        var name = /^event: (.*)$/m.exec(block);
        var data = /^data: (.*)$/m.exec(block);
        if (name && data) take({ name: name[1], data: JSON.parse(data[1]) });
      });
      read = end + 2;
    };
  }

  function take(event) {
    tellOthers(event);
    show(event);
  }

  function show(event) {
    heardAt = Date.now();
    if (event.name === "turn") turns.place(event.data);
    else if (event.name === "standing") turns.stand(event.data);
    else if (event.name === "erased") chat.ending.startAnew();
  }

  function tellOthers(event) {
    if (others) others.postMessage(event);
  }

  function heard() {
    heardAt = Date.now();
    tellOthers({ name: "alive" });
  }

  if (others) others.onmessage = function (message) { if (turns.begun()) show(message.data); };

  /* Not all at once: after a restart every page comes back. */
  function comeBack(wasHeard) {
    failures = wasHeard ? 0 : failures + 1;
    if (failures > 2) startAsking();
    var pause = wasHeard ? 1000 : Math.min(LONGEST_PAUSE, 1000 * Math.pow(2, failures));
    comingBack = setTimeout(function () { if (leads && wants()) connect(); }, pause * (1 + Math.random()));
  }

  function isOpen() { return Boolean(request) && request.readyState === 3; }

  /* ---- Asking instead */

  function startAsking() {
    if (asking) return;
    asking = setInterval(askOnce, ASK_EVERY);
    askOnce();
  }

  function stopAsking() {
    clearInterval(asking);
    asking = null;
  }

  function askOnce() {
    chat.door.ask("GET", "/chat/turns?after=" + turns.lastId(), null, function (status, news) {
      if (status !== 200 || !news) return;
      if (news.erased) { chat.ending.startAnew(); return; }
      news.turns.forEach(function (turn) { turns.place(turn); });
      turns.stand(news.standing);
    });
  }

  /* ---- Coming and going */

  function look() {
    if (!chat.isSeen()) { if (!awaits()) rest(); return; }
    chat.noneUnread();
    if (!wants()) return;
    if (!leads) lead(true);
    else if (!request || Date.now() - heardAt > SILENCE / 2) connect();
  }

  function watch() {
    if (!wants() || Date.now() - heardAt < SILENCE) return;
    if (!leads) { if (chat.isSeen()) lead(true); return; }
    if (!request) return;
    stop();
    comeBack(false);
  }

  setInterval(watch, 5000);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("resume", look);
  window.addEventListener("online", function () { if (leads && wants()) connect(); else look(); });

  chat.live = { start: start, look: look, isOpen: isOpen, stop: rest };
})();
