/* Một Cửa on another website: <script src="https://HOST/widget.js" async referrerpolicy="no-referrer"></script>

   A button that opens the chat in a frame of HOST. It reads nothing of the page around it and sends nothing of
   it; it sets no cookie. In this tab's sessionStorage it notes whether the chat is open, so that it stays open
   from page to page. It needs of the site's Content-Security-Policy: script-src HOST; frame-src HOST.
   Attributes, all optional: data-colour="#0d5c56", data-side="left", data-entrance="KEY", data-shared. */
(function () {
  "use strict";

  var script = document.currentScript;
  if (!script || document.getElementById("motcua-widget") || !window.MessageChannel) return;

  var home = new URL(script.src).origin;
  var options = script.dataset;
  var COLOUR = /^#[0-9a-f]{6}$/i.test(options.colour || "") ? options.colour : "#0d5c56";
  var SIDE = options.side === "left" ? "left" : "right";
  var KEY = "motcua-widget";
  var ANSWERS_WITHIN = 10000;
  var small = window.matchMedia("(max-width: 600px), (max-height: 480px)");

  var holder = make("div", { all: "initial" });
  var root = holder.attachShadow ? holder.attachShadow({ mode: "open" }) : holder;
  var button = make("button", {
    position: "fixed", bottom: "16px", boxSizing: "border-box", minHeight: "56px", margin: "0", padding: "8px 20px 8px 16px",
    display: "flex", alignItems: "center", border: "2px solid #fff", borderRadius: "28px", cursor: "pointer",
    background: COLOUR, color: inkOn(COLOUR), font: "600 18px/1.3 system-ui, -apple-system, Roboto, 'Noto Sans', sans-serif",
    boxShadow: "0 3px 12px rgba(0, 0, 0, .3)", zIndex: "2147483000"
  });
  var badge = make("span", {
    display: "none", minWidth: "24px", height: "24px", marginLeft: "10px", padding: "0 6px", boxSizing: "border-box",
    borderRadius: "12px", background: "#a3262a", color: "#fff", font: "700 15px/24px sans-serif", textAlign: "center"
  });
  var panel = make("div", { display: "none", position: "fixed", zIndex: "2147483001", background: "#f5f3ee", overflow: "hidden" });
  var first = guard();
  var last = guard();
  var frame = null;
  var port = null;
  var isOpen = false;
  var unread = 0;
  var overflow = "";

  function make(name, style) {
    var element = document.createElement(name);
    place(element, style);
    return element;
  }

  function place(element, style) {
    Object.keys(style).forEach(function (key) { element.style[key] = style[key]; });
  }

  /* Black or white, whichever is read better on the colour (WCAG 2.2, relative luminance). */
  function inkOn(colour) {
    var light = [1, 3, 5].map(function (at) {
      var part = parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] > 0.179 ? "#000" : "#fff";
  }

  /* Where the chat covers the screen, the Tab key stays in it: what is behind could not be seen. */
  function guard() {
    var edge = make("div", { position: "absolute", width: "1px", height: "1px" });
    edge.addEventListener("focus", function () { if (frame) frame.focus(); });
    return edge;
  }

  /* ---- In sight */

  function draw() {
    var covers = small.matches;
    button.style[SIDE] = "16px";
    button.style.display = isOpen && covers ? "none" : "flex";
    panel.style.display = isOpen ? "block" : "none";
    place(panel, covers ? { top: "0", bottom: "0", left: "0", right: "0", width: "100%", height: "100%", borderRadius: "0", boxShadow: "none" } : {
      top: "auto", bottom: "84px", left: SIDE === "left" ? "16px" : "auto", right: SIDE === "right" ? "16px" : "auto",
      width: "420px", height: "min(680px, calc(100% - 100px))", borderRadius: "14px", boxShadow: "0 6px 30px rgba(0, 0, 0, .35)"
    });
    if (!panel.style.height) panel.style.height = "calc(100% - 100px)"; /* browsers without min() */
    first.tabIndex = last.tabIndex = isOpen && covers ? 0 : -1;
    panel.setAttribute("aria-modal", String(covers));
    button.setAttribute("aria-expanded", String(isOpen));
    badge.textContent = unread > 9 ? "9+" : String(unread);
    badge.style.display = unread && !isOpen ? "inline-block" : "none";
    button.setAttribute("aria-label", "Hỏi Một Cửa, trợ lý ảo của Hà Nội" + (unread && !isOpen ? ", " + unread + " tin chưa xem" : ""));
    holdPage(isOpen && covers);
  }

  function holdPage(held) {
    var page = document.documentElement;
    if (held && page.style.overflow !== "hidden") { overflow = page.style.overflow; page.style.overflow = "hidden"; }
    if (!held && page.style.overflow === "hidden") page.style.overflow = overflow;
  }

  /* ---- The frame: fetched when it is first opened, not before */

  function load() {
    if (frame) return;
    frame = make("iframe", { display: "block", width: "100%", height: "100%", border: "0", background: "#f5f3ee" });
    frame.title = "Trò chuyện với trợ lý ảo Một Cửa";
    frame.setAttribute("allow", "geolocation " + home);
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads");
    frame.referrerPolicy = "no-referrer";
    frame.addEventListener("load", greet);
    frame.src = home + "/widget" + asked();
    panel.insertBefore(frame, last);
    setTimeout(function () { if (!port) sayWhere(); }, ANSWERS_WITHIN);
  }

  function asked() {
    var parts = [];
    if (options.entrance) parts.push("q=" + encodeURIComponent(options.entrance));
    if ("shared" in options) parts.push("shared=1");
    return parts.length ? "?" + parts.join("&") : "";
  }

  /* Each time the frame loads: it may have begun anew. Only HOST is given the channel. */
  function greet() {
    var channel = new MessageChannel();
    channel.port1.onmessage = heard;
    frame.contentWindow.postMessage({ motcua: "hello" }, home, [channel.port2]);
  }

  function heard(event) {
    var news = event.data || {};
    if (news.ready) { port = event.target; tellFrame(); }
    if (news.close && isOpen) { close(); button.focus(); }
    if (typeof news.unread === "number") { unread = news.unread; draw(); }
  }

  function tellFrame() { if (port) port.postMessage({ open: isOpen }); }

  /* The frame did not come: this site is not in MOTCUA_WIDGET_ORIGINS, or there is no network. */
  function sayWhere() {
    var line = make("p", { margin: "24px", font: "18px/1.5 system-ui, sans-serif", color: "#1d2a2b" });
    var link = make("a", { color: "#0d5c56" });
    line.textContent = "Chưa mở được khung trò chuyện tại đây. Anh/chị mở ";
    link.href = home + "/";
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.textContent = "trang Một Cửa";
    line.appendChild(link);
    panel.insertBefore(line, frame);
    panel.removeChild(frame);
    frame = null;
  }

  /* ---- Opening and closing */

  function open(takesFocus) {
    load();
    isOpen = true;
    unread = 0;
    note();
    draw();
    if (takesFocus && frame) frame.focus();
    tellFrame();
  }

  function close() {
    isOpen = false;
    note();
    draw();
    tellFrame();
  }

  function note() {
    try { sessionStorage.setItem(KEY, isOpen ? "open" : "closed"); } catch (refused) { /* then it starts closed */ }
  }

  function noted() {
    try { return sessionStorage.getItem(KEY); } catch (refused) { return null; }
  }

  button.type = "button";
  button.setAttribute("aria-haspopup", "dialog");
  button.appendChild(mark());
  button.appendChild(document.createTextNode("Hỏi Một Cửa"));
  button.appendChild(badge);
  button.addEventListener("click", function () { if (isOpen) close(); else open(true); });
  root.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && isOpen) { close(); button.focus(); }
  });
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", "Một Cửa, trợ lý ảo của Hà Nội");

  function mark() {
    var icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    var path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    icon.setAttribute("viewBox", "0 0 24 24");
    icon.setAttribute("aria-hidden", "true");
    place(icon, { width: "26px", height: "26px", marginRight: "10px", fill: "none", stroke: "currentColor", strokeWidth: "2", strokeLinejoin: "round" });
    path.setAttribute("d", "M4 4h16v12h-9l-5 4v-4H4z");
    icon.appendChild(path);
    return icon;
  }

  holder.id = "motcua-widget";
  [first, last].forEach(function (edge) { panel.appendChild(edge); });
  root.appendChild(button);
  root.appendChild(panel);
  if (small.addEventListener) small.addEventListener("change", draw); else small.addListener(draw);

  function begin() {
    document.body.appendChild(holder);
    var before = noted();
    if (before) load();
    if (before === "open" && !small.matches) open(false); else draw();
  }

  if (document.body) begin(); else document.addEventListener("DOMContentLoaded", begin);
})();
