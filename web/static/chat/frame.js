/* The chat in the widget's frame, on another site. It speaks with that site's widget.js through a channel that
   only a site named in MOTCUA_WIDGET_ORIGINS is given, and says no more than: ready, so many unread, close. */
(function () {
  "use strict";
  if (!window.chat || !chat.inFrame) return;

  var origins = JSON.parse(chat.element("origins").textContent);
  var close = chat.element("close");
  var older = chat.element("older");
  var ask = chat.element("end-ask");
  var port = null;
  var isOpen = true;

  /* ---- With the site around the frame */

  function isAllowed(origin) {
    return origin === window.location.origin || origins.some(function (entry) {
      var star = entry.indexOf("*.");
      if (star < 0) return new URL(entry).origin === origin;
      var start = entry.slice(0, star);
      var end = entry.slice(star + 1);
      var name = origin.slice(start.length, -end.length);
      return origin === start + name + end && /^[a-z0-9.-]+$/.test(name);
    });
  }

  window.addEventListener("message", function (event) {
    var greets = event.data && event.data.motcua === "hello" && event.ports[0];
    if (!greets || event.source !== window.parent || !isAllowed(event.origin)) return;
    port = event.ports[0];
    port.onmessage = heard;
    close.hidden = false;
    say({ ready: true });
  });

  function heard(event) {
    if (typeof event.data.open !== "boolean") return;
    isOpen = event.data.open;
    if (isOpen) { showEnd(); focus(); }
    chat.live.look();
  }

  function say(news) { if (port) port.postMessage(news); }

  function focus() {
    if (chat.isTouched) chat.element("title").focus(); else chat.composer.focus();
  }

  chat.isSeen = function () { return isOpen && !document.hidden; };
  chat.showUnread = function (count) { say({ unread: count }); };

  close.addEventListener("click", function () { say({ close: true }); });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.isComposing) return;
    if (ask.hidden) say({ close: true }); else askNoMore();
  });

  /* ---- What was said before: fetched, since the frame's own address does not tell whose it is */

  function begin() {
    chat.element("not-kept").hidden = chat.door.keep();
    chat.door.ask("GET", "/chat/turns", null, function (status, said) {
      if (status === 200 && said) show(said);
      chat.outgoing.restore();
      showEnd();
      chat.live.start();
    });
  }

  /* Who has said nothing yet reads the greeting first. */
  function showEnd() { if (chat.turns.begun()) chat.turns.bottom(); }

  function show(said) {
    var log = chat.element("log");
    log.setAttribute("aria-busy", "true");
    said.turns.forEach(function (turn) { chat.turns.place(turn, true); });
    log.removeAttribute("aria-busy");
    older.hidden = !said.older;
    if (said.standing) chat.turns.stand(said.standing);
  }

  older.addEventListener("click", function () {
    chat.door.ask("GET", "/chat/turns?before=" + chat.turns.firstId(), null, function (status, said) {
      if (status !== 200 || !said) { chat.tell(chat.words.refused); return; }
      var height = document.documentElement.scrollHeight;
      show({ turns: said.turns, older: said.older });
      window.scrollBy(0, document.documentElement.scrollHeight - height);
    });
  });

  /* ---- One's own data: asked once, as on the page */

  chat.element("ask-end").addEventListener("click", function () {
    var request = chat.door.open("GET", ask.dataset.address);
    request.onload = function () {
      if (request.status !== 200) { chat.tell(chat.words.refused); return; }
      chat.element("end-what").innerHTML = request.responseText;
      ask.hidden = false;
      chat.element("end-title").focus();
    };
    request.onerror = function () { chat.tell(chat.words.not_now); };
    request.send();
  });

  function askNoMore() {
    ask.hidden = true;
    chat.element("ask-end").focus();
  }

  chat.element("end-no").addEventListener("click", askNoMore);
  chat.element("end-yes").addEventListener("click", function () { chat.ending.endNow(); });

  function end() {
    chat.door.ask("POST", ask.dataset.address, null, function (status) {
      if (status === 204) leave(); else chat.tell(chat.words.not_now);
    });
  }

  /* The next look begins with a new token. */
  function leave() {
    chat.door.forget();
    var address = new URL(window.location.href);
    address.searchParams.set(ask.dataset.ended, "");
    window.location.replace(address.href);
  }

  chat.element("take-copy").addEventListener("click", function () {
    chat.door.ask("POST", this.dataset.address, null, function (status, led) {
      if (status === 200 && led) saveCopy(led.address); else chat.tell(chat.words.not_now);
    });
  });

  /* An official's file and a link to a copy open for who brings the token only, so not in another tab. */
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest('a[href^="/chat/attachments/"], a[href*="/ban-sao/"]');
    if (!link || link.origin !== window.location.origin) return;
    event.preventDefault();
    if (link.download) save("GET", link.pathname, link.download, chat.words.not_now);
    else saveCopy(link.pathname);
  });

  function saveCopy(address) {
    if (address.indexOf("/ban-sao/") < 0) { chat.tell(chat.words.nothing_kept); return; }
    save("POST", address, "du-lieu-cua-toi.zip", chat.words.copy_gone);
  }

  function save(method, address, name, problem) {
    chat.door.fetchFile(method, address, function (file) {
      if (!file) { chat.tell(problem); return; }
      var link = document.createElement("a");
      link.href = URL.createObjectURL(file);
      link.download = name;
      link.click();
    });
  }

  chat.frame = { begin: begin, end: end, leave: leave };
})();
