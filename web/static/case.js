// The page of a case works without this file. It offers names and templates while an official writes.
"use strict";

(function () {
  // What the server offers for the letters after the key, as a list box.
  const offered = function (address, begun) {
    return fetch(address + "?begun=" + encodeURIComponent(begun), { headers: { "HX-Request": "true" } })
      .then(function (response) { return response.ok ? response.text() : ""; })
      .then(function (html) {
        const fragment = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
        return { matched: Boolean(fragment && fragment.children.length), fragment: fragment };
      });
  };
  const equip = function (expander) {
    // Answers may overtake each other: each gives way to what was asked last.
    let latest = null;
    expander.addEventListener("text-expander-change", function (event) {
      const mine = offered(expander.dataset.offers, event.detail.text);
      latest = mine;
      const newest = function (found) { return latest === mine ? found : latest; };
      event.detail.provide(mine.then(newest));
    });
    expander.addEventListener("text-expander-value", function (event) {
      event.detail.value = event.detail.item.dataset.value;
    });
  };
  const equipAll = function (root) { root.querySelectorAll("text-expander").forEach(equip); };
  equipAll(document);
  document.addEventListener("htmx:load", function (event) { equipAll(event.detail.elt); });

  // A page that nobody looks at keeps nobody's lease.
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.target.id === "presence" && document.hidden) event.preventDefault();
  });

  // Seconds left to take a reply back.
  setInterval(function () {
    document.querySelectorAll("[data-goes-at]").forEach(function (held) {
      const left = Math.ceil((new Date(held.dataset.goesAt) - Date.now()) / 1000);
      held.textContent = left > 0 ? "Gửi sau " + left + " giây" : "Đang gửi";
      held.parentElement.querySelector("button").hidden = left <= 0;
    });
  }, 500);

  // What is left of a reply window, in words; once nothing is, the page looks what holds now.
  const words = function (minutes) {
    if (minutes >= 2880) return Math.floor(minutes / 1440) + " ngày";
    if (minutes >= 60) return Math.floor(minutes / 60) + " giờ " + (minutes % 60) + " phút";
    return minutes + " phút";
  };
  const tick = function () {
    for (const time of document.querySelectorAll("[data-left-until]")) {
      const minutes = Math.floor((new Date(time.dateTime) - Date.now()) / 60000);
      time.textContent = minutes >= 0 ? "(còn " + words(minutes) + ")" : "";
      if (minutes < 0) { time.removeAttribute("data-left-until"); htmx.trigger(document.body, "desk-changed"); }
    }
  };
  tick();
  setInterval(tick, 15000);
  document.addEventListener("htmx:oobAfterSwap", tick);

  // A fold that somebody opens to write in is written in; one that the page came with open leaves him where he is.
  const cameOpen = new Set(document.querySelectorAll("details[open]"));
  document.addEventListener("toggle", function (event) {
    if (cameOpen.delete(event.target)) return;
    const field = event.target.open && event.target.querySelector("textarea, input[type=search]");
    if (field && event.target.closest(".note-sheet, .tool")) field.focus();
  }, true);
})();
