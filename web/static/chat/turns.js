/* The turns of the talk: each once, in the order of their ids. The server renders a turn; what a citizen types
   is only ever put into the page as text. */
(function () {
  "use strict";
  if (!window.chat) return;

  var log = chat.element("log");
  var dock = chat.element("cuoi");
  var box = chat.element("text");
  var newBelow = chat.element("new-below");

  /* ---- What the citizen said, before the server has it */

  function addOwn(message) {
    var turn = chat.element("own").content.firstElementChild.cloneNode(true);
    var at = new Date(message.at);
    turn.dataset.event = message.id;
    turn.querySelector("time").textContent = ("0" + at.getHours()).slice(-2) + ":" + ("0" + at.getMinutes()).slice(-2);
    turn.appendChild(message.preview ? picture(message.preview) : bubble(message.label));
    log.appendChild(turn);
    hideStarters();
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
    image.alt = chat.words.photo;
    around.appendChild(image);
    return around;
  }

  /* ---- Turns from the server. isOld: said before the page was opened, so nobody is told of it */

  function place(turn, isOld) {
    if (document.getElementById("t" + turn.id)) return;
    var near = nearBottom();
    var own = turn.event_id && log.querySelector('.turn:not([data-id])[data-event="' + turn.event_id + '"]');
    var element = rendered(turn.html);
    var focused = own && own.contains(document.activeElement);
    if (own) own.remove();
    log.insertBefore(element, firstAfter(turn.id));
    if (focused) box.focus();
    hideStarters(isOld);
    if (!isOld) tellOf(turn, element, near);
  }

  function tellOf(turn, element, near) {
    if (turn.author === "citizen") { if (near) bottom(); return; }
    chat.touched();
    if (near) reveal(element); else newBelow.hidden = false;
    if (!chat.isSeen()) chat.oneMoreUnread();
  }

  function rendered(html) {
    var holder = document.createElement("template");
    holder.innerHTML = html;
    if (chat.inFrame) holder.content.querySelectorAll("a.photo").forEach(fetchPhoto);
    return holder.content.firstElementChild;
  }

  /* An image's own request would not say whose it is. */
  function fetchPhoto(link) {
    var image = link.querySelector("img");
    var address = image.getAttribute("src");
    image.removeAttribute("src");
    link.removeAttribute("href");
    chat.door.fetchFile("GET", address, function (file) {
      if (!file) return;
      image.src = link.href = URL.createObjectURL(file);
      link.target = "_blank";
    });
  }

  function firstAfter(id) {
    var turns = log.querySelectorAll(".turn:not(.welcome)");
    for (var i = 0; i < turns.length; i++) {
      if (!turns[i].dataset.id || Number(turns[i].dataset.id) > id) return turns[i];
    }
    return null;
  }

  function begun() { return Boolean(log.querySelector(".turn[data-id]")); }

  function firstId() {
    var first = log.querySelector(".turn[data-id]");
    return first ? first.dataset.id : "0";
  }

  function lastId() {
    var turns = log.querySelectorAll(".turn[data-id]");
    return turns.length ? turns[turns.length - 1].dataset.id : "0";
  }

  function has(eventId) { return Boolean(log.querySelector('.turn[data-id][data-event="' + eventId + '"]')); }

  /* The button of an entrance stays below what was said before. */
  function hideStarters(isOld) {
    var starters = chat.element("starters");
    if (starters && !(isOld && starters.hasAttribute("data-entrance"))) starters.remove();
  }

  /* ---- Who speaks next */

  var typing = chat.element("typing");
  var typingWords = chat.element("typing-words");
  var slow = null;

  function stand(standing) {
    var near = nearBottom();
    var height = dock.offsetHeight;
    chat.owner = standing.owner;
    chat.element("standing-line").textContent = standing.line;
    chat.element("standing").hidden = !standing.line;
    chat.element("leave").hidden = !standing.may_leave;
    chat.element("staff").hidden = standing.owner !== "bot";
    showWork(standing.answering && standing.owner !== "staff" ? chat.words.typing : "");
    if (near) window.scrollBy(0, dock.offsetHeight - height);
    closeGap();
  }

  /* Three dots with these words; "" for nobody works. */
  function showWork(text) {
    clearTimeout(slow);
    if (text) typingWords.textContent = text;
    if (text === chat.words.typing) slow = setTimeout(function () { typingWords.textContent = chat.words.typing_long; }, 12000);
    if (typing.hidden === !text) return;
    var near = nearBottom();
    typing.hidden = !text;
    if (text && near) bottom();
  }

  function isWorked() { return !typing.hidden; }

  /* ---- Places in the page */

  function nearBottom() {
    return log.getBoundingClientRect().bottom < dock.getBoundingClientRect().top + 160;
  }

  function bottom() {
    newBelow.hidden = true;
    var end = document.querySelector(".chat").getBoundingClientRect().bottom + window.pageYOffset;
    window.scrollTo(0, Math.max(0, end - window.innerHeight));
  }

  /* Who reads the last words still reads them after this changed what is below or in them. */
  function steady(change) {
    var near = nearBottom();
    change();
    if (near) bottom();
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

  chat.turns = {
    addOwn: addOwn, place: place, begun: begun, firstId: firstId, lastId: lastId, has: has,
    stand: stand, showWork: showWork, isWorked: isWorked, bottom: bottom, steady: steady
  };
})();
