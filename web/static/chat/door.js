/* How the browser speaks with the server. The page is known by its cookie, which scripts cannot read. The
   widget's frame gets no cookies from browsers of today: it keeps a token itself and sends it in a header. */
(function () {
  "use strict";
  if (!window.chat) return;

  var KEY = "chat-token";
  var DAYS = 30;
  var token = chat.inFrame ? kept() || newToken() : "";
  /* Under which the tabs of one person find each other, and what waits to be sent is kept: the page and the
     frame may stand on the same site, and are two. It tells nothing. */
  var name = chat.inFrame ? "chat-frame-" + token.slice(0, 6) : "chat-page";

  function random() { return crypto.getRandomValues(new Uint8Array(16)); }

  function newId() {
    return Array.prototype.map.call(random(), function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }

  function newToken() {
    var letters = btoa(String.fromCharCode.apply(null, random()));
    return letters.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function kept() {
    if (chat.isShared) return "";
    try {
      var found = JSON.parse(localStorage.getItem(KEY));
      return found && Date.now() - found.at < DAYS * 86400000 ? found.token : "";
    } catch (closed) { return ""; }
  }

  /* For as long as the page's cookie would be. False where nothing may be kept: then until the page is left. */
  function keep() {
    if (!chat.inFrame || chat.isShared) return true;
    try {
      localStorage.setItem(KEY, JSON.stringify({ token: token, at: Date.now() }));
      return true;
    } catch (closed) { return false; }
  }

  function forget() {
    try { localStorage.removeItem(KEY); } catch (closed) { /* nothing was kept */ }
  }

  /* An open request in this browser's name; send it yourself. */
  function open(method, address) {
    var request = new XMLHttpRequest();
    request.open(method, address);
    if (chat.inFrame) {
      request.setRequestHeader("X-Chat-Token", token);
      if (chat.isShared) request.setRequestHeader("X-Chat-Shared", "1");
    } else if (method === "POST") {
      request.setRequestHeader("X-CSRFToken", chat.element("say").elements.csrfmiddlewaretoken.value);
    }
    return request;
  }

  /* Ask, and be told the status (0: no answer) and what came: an object of JSON, or null. */
  function ask(method, address, body, done) {
    var request = open(method, address);
    request.timeout = body instanceof window.FormData ? 180000 : 30000;
    request.setRequestHeader("Accept", "application/json");
    if (typeof body === "string") request.setRequestHeader("Content-Type", "application/json");
    request.onload = function () { done(request.status, parsed(request.responseText), request); };
    request.onerror = request.ontimeout = function () { done(0, null, request); };
    request.send(body);
    return request;
  }

  function parsed(text) {
    try { return JSON.parse(text); } catch (wrong) { return null; }
  }

  /* A file in this browser's name, as a blob; null when it is not to be had. */
  function fetchFile(method, address, done) {
    var request = open(method, address);
    request.responseType = "blob";
    request.timeout = 60000;
    request.onload = function () { done(request.status === 200 ? request.response : null); };
    request.onerror = request.ontimeout = function () { done(null); };
    request.send();
  }

  chat.door = { name: name, open: open, ask: ask, fetchFile: fetchFile, newId: newId, keep: keep, forget: forget };
})();
