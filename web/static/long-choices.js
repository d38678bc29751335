// A choice among many (126 wards) is typed: marks, "phường" and capitals may be left out. Each works without
// this file as the list it is; here a field with the same names stands before it, and the list is what is sent.
"use strict";

(function () {
  const LONG = 20;  // options; fewer are seen at a glance
  const HOW = "Gõ tên, không cần dấu";
  const NOT_ONE = "Anh/chị chọn một dòng trong danh sách gợi ý, hoặc gõ thêm cho rõ.";

  const fold = function (text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d").replace(/\s+/g, " ").trim();
  };
  const nameOf = function (option) { return option.text.trim(); };
  const offeredIn = function (select) {
    return Array.from(select.options).filter(function (option) { return option.value; });
  };

  // The option that is meant: named in full, or else the only one that ends so, or the only one that says so.
  const meant = function (select, typed) {
    const wanted = fold(typed);
    const ways = [
      function (name) { return name === wanted; },
      function (name) { return name.endsWith(" " + wanted); },
      function (name) { return name.includes(wanted); },
    ];
    for (const fits of ways) {
      const found = offeredIn(select).filter(function (option) { return fits(fold(nameOf(option))); });
      if (found.length) return found.length === 1 ? found[0] : null;
    }
    return null;
  };

  const listOf = function (select, id) {
    const list = document.createElement("datalist");
    list.id = id;
    for (const option of offeredIn(select)) {
      const row = list.appendChild(document.createElement("option"));
      row.value = nameOf(option);
      row.label = fold(nameOf(option));  // what browsers look through, too: names are found without marks
    }
    return list;
  };
  const fieldOf = function (select) {
    const field = document.createElement("input");
    field.type = "search";
    field.autocomplete = "off";
    field.id = select.id + "-typed";
    field.setAttribute("list", field.id + "-offers");
    for (const name of ["aria-describedby", "aria-label", "data-key", "data-key-says", "required"]) {
      if (!select.hasAttribute(name)) continue;
      field.setAttribute(name, select.getAttribute(name));
      select.removeAttribute(name);
    }
    const none = Array.from(select.options).find(function (option) { return !option.value; });
    if (!none) field.required = true;
    field.placeholder = none && !nameOf(none).startsWith("–") ? nameOf(none) + " – gõ tên" : HOW;
    return field;
  };

  const show = function (select, field) {
    const chosen = select.selectedOptions[0];
    field.value = chosen && chosen.value ? nameOf(chosen) : "";
    field.setCustomValidity("");
  };
  const take = function (select, field) {
    const option = field.value.trim() ? meant(select, field.value) : null;
    const value = option ? option.value : "";
    field.setCustomValidity(option || !field.value.trim() ? "" : NOT_ONE);
    if (select.value === value) return;
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const equip = function (select) {
    if (select.multiple || !select.id || select.hidden || offeredIn(select).length <= LONG) return;
    const field = fieldOf(select);
    for (const label of Array.from(select.labels)) label.htmlFor = field.id;
    select.before(field, listOf(select, field.id + "-offers"));
    select.hidden = true;
    show(select, field);
    field.addEventListener("input", function () { take(select, field); });
    field.addEventListener("change", function () { if (select.value) show(select, field); });
    field.addEventListener("focus", function () { field.select(); });
    window.addEventListener("pageshow", function () { show(select, field); });
  };

  // Of many boxes to tick, those that are ticked stay in sight, and those that say what is typed.
  const equipTicks = function (ticks) {
    const rows = Array.from(ticks.querySelectorAll(".check"));
    if (rows.length <= LONG) return;
    const field = document.createElement("input");
    field.type = "search";
    field.className = "ticks-typed";
    field.autocomplete = "off";
    field.placeholder = HOW;
    field.setAttribute("aria-label", HOW);
    ticks.before(field);
    field.addEventListener("input", function () {
      const wanted = fold(field.value);
      for (const row of rows) {
        row.hidden = !fold(row.textContent).includes(wanted) && !row.querySelector("input").checked;
      }
    });
    // Enter here looks; it does not send what is not done yet.
    field.addEventListener("keydown", function (event) { if (event.key === "Enter") event.preventDefault(); });
  };

  const equipAll = function () {
    document.querySelectorAll("main select").forEach(equip);
  };
  equipAll();
  document.querySelectorAll("main .ticks").forEach(equipTicks);
  document.addEventListener("htmx:load", equipAll);
})();
