/* The chat in the browser, in small files that share `chat`. Without them every form still posts; with them
   nothing is lost on a bad line. ES2017, no library: browsers of Android 8 run it (tests/web/test_scripts.py). */
(function () {
  "use strict";

  if (!document.getElementById("say") || !window.URL || !window.JSON || !window.Promise) return;

  var title = document.title;
  var unread = 0;

  function element(id) { return document.getElementById(id); }

  /* What went wrong with what the citizen just did; "" for nothing. */
  function tell(text) {
    var problem = element("problem");
    if (problem.textContent !== text) problem.textContent = text;
  }

  function isSeen() { return !document.hidden; }

  function countUnread(count) {
    unread = count;
    chat.showUnread(count);
  }

  var chat = window.chat = {
    element: element,
    words: JSON.parse(element("words").textContent),
    inFrame: document.body.hasAttribute("data-frame"),
    isShared: Number(element("shared").dataset.seconds) > 0,
    tell: tell,
    /* On a touch screen the keyboard covers half of what there is to read. */
    isTouched: Boolean(window.matchMedia && window.matchMedia("(pointer: coarse)").matches),
    /* Whether somebody can see the page; the widget's frame also knows whether it is open. */
    isSeen: isSeen,
    /* How the number of messages not seen yet is shown. */
    showUnread: function (count) { document.title = (count ? "(" + count + ") " : "") + title; },
    oneMoreUnread: function () { countUnread(unread + 1); },
    noneUnread: function () { if (unread) countUnread(0); },
    /* Who speaks next: bot, queue or staff. */
    owner: element("staff").hidden ? "person" : "bot"
  };
})();
