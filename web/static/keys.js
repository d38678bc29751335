// The desk by keyboard. An element with data-key="c" is pressed by that key ("g q": one after the other);
// data-key-says tells what it does in the list behind "?". Nothing here is needed to work.
"use strict";

(function () {
  const dialog = document.getElementById("keys");
  const isOn = document.getElementById("keys-on");
  const found = document.getElementById("keys-of-page");
  if (!dialog || !dialog.showModal) return;

  const SOON = 1500;  // milliseconds between two keys of one command
  const LINKS = "main .row-top a:first-of-type, main .table td:first-child a";
  let before = "", at = 0, marked = "";

  // Where somebody writes or chooses, keys are letters.
  const isWriting = function (element) {
    return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  };
  const elementsOf = function (key) {
    return Array.from(document.querySelectorAll("[data-key]")).filter(function (element) {
      return element.dataset.key === key && !element.disabled;
    });
  };
  const press = function (element) {
    const folded = element.closest("details");
    if (folded) folded.open = true;
    if (isWriting(element)) { element.focus(); if (element.tagName === "INPUT") element.select(); return; }
    element.click();
  };

  // j and k walk through the links that lead to the rows of a list; Enter opens them as any link.
  const mark = function (link) {
    link.focus({ preventScroll: true });
    link.scrollIntoView({ block: "nearest" });
    marked = link.getAttribute("href");
  };
  const walk = function (step) {
    const links = Array.from(document.querySelectorAll(LINKS));
    const here = links.indexOf(document.activeElement);
    const next = links[here < 0 && step < 0 ? links.length - 1 : here + step];
    if (next) mark(next);
  };
  // A list that was drawn anew keeps its mark.
  document.addEventListener("htmx:afterSwap", function () {
    if (!marked || document.activeElement !== document.body) return;
    const link = Array.from(document.querySelectorAll(LINKS)).find(function (one) {
      return one.getAttribute("href") === marked;
    });
    if (link) link.focus({ preventScroll: true });
  });
  document.addEventListener("focusout", function (event) {
    if (event.relatedTarget) marked = "";
  });

  const list = function () {
    found.textContent = "";
    for (const element of document.querySelectorAll("main [data-key-says]")) {
      if (element.disabled) continue;
      const row = found.appendChild(document.createElement("div"));
      const term = row.appendChild(document.createElement("dt"));
      term.appendChild(document.createElement("kbd")).textContent = element.dataset.key;
      row.appendChild(document.createElement("dd")).textContent = element.dataset.keySays;
    }
    found.hidden = !found.children.length;
  };
  const show = function () { list(); dialog.showModal(); };

  const kept = function () {
    try { return localStorage.getItem("keys") !== "off"; } catch (problem) { return true; }
  };
  isOn.checked = kept();
  isOn.addEventListener("change", function () {
    try { localStorage.setItem("keys", isOn.checked ? "on" : "off"); } catch (problem) { /* for this page */ }
  });

  document.getElementById("show-keys").hidden = false;
  document.getElementById("show-keys").addEventListener("click", show);

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (!isOn.checked || dialog.open || isWriting(event.target)) return;
    const key = event.key.toLowerCase();
    if (key.length !== 1 || key === " ") return;
    const both = Date.now() - at < SOON ? before + " " + key : "";
    before = key; at = Date.now();
    const wanted = elementsOf(both)[0] || elementsOf(key)[0];
    if (wanted) press(wanted);
    else if (key === "?") show();
    else if (key === "j" || key === "k") walk(key === "j" ? 1 : -1);
    else return;
    before = "";
    event.preventDefault();
  });
})();
