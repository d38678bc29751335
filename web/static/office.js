// Every page works without this file. It keeps open pages fresh and spares a second tap.
"use strict";

(function () {
  const live = document.getElementById("live");

  // Where one form holds several acts (data-act), only the part whose button is pressed has to be filled in.
  const partIsWhole = function (button) {
    const part = button && !button.formNoValidate && button.closest("[data-act]");
    const fields = part ? Array.from(part.querySelectorAll("input, select, textarea")) : [];
    return fields.every(function (field) { return field.reportValidity(); });
  };

  // A form is sent once: a second tap while the first is under way does nothing.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if ("download" in form.dataset) return;  // the page stays, and another file may be wanted
    if (form.noValidate && !partIsWhole(event.submitter)) { event.preventDefault(); return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", function () {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // Ctrl+Enter sends what is being written. Where one form holds several acts, each part marked data-act, Enter
  // presses the button of the part it is in, as if that were a form of its own.
  document.addEventListener("keydown", function (event) {
    const field = event.target, act = field.closest("[data-act]");
    if (event.key !== "Enter" || event.defaultPrevented || event.isComposing) return;
    const sends = field.tagName === "TEXTAREA" && (event.ctrlKey || event.metaKey);
    if (!sends && !(act && field.matches("input:not([type=checkbox], [type=file])"))) return;
    event.preventDefault();
    if (act) (act.querySelector("[data-does]") || act.querySelector("button")).click();
    else field.form.requestSubmit();
  });

  // On a phone the rooms are one line that rolls: the one somebody is in is seen.
  const here = document.querySelector(".rooms [aria-current]");
  if (here) {
    const rooms = here.parentElement, middle = here.offsetLeft - rooms.offsetLeft + here.offsetWidth / 2;
    rooms.scrollLeft = middle - rooms.clientWidth / 2;
  }

  // What was refused comes into sight: on a phone the form may stand far below.
  const refused = document.querySelector("main .problem[role=alert]");
  if (refused) refused.scrollIntoView({ block: "center" });

  // Printing is offered where a script can do it.
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  }

  // Said above all that is open. On a wide screen it stays in sight (office.css), and nobody is moved.
  const tell = function (name, words) {
    const notice = document.createElement("p");
    notice.className = "notice warning told " + name;
    notice.setAttribute("role", "alert");
    notice.textContent = words;
    document.getElementById("content").prepend(notice);
    notice.scrollIntoView({ block: "nearest" });
  };

  // Signed out meanwhile: go to the door instead of drawing it into the page. Who is writing stays, and is told:
  // the server keeps what is sent, until the same person has signed in.
  const ENDED = "Phiên đã hết. Anh/chị cứ viết tiếp rồi gửi như thường: đăng nhập lại xong, lời đã viết vẫn còn ở đây.";
  const isWritten = function (field) { return field.type !== "hidden" && field.value !== field.defaultValue; };
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (!event.detail.xhr.responseURL.includes("/sign-in")) return;
    event.detail.shouldSwap = false;
    if (document.querySelector(".session-ended")) return;
    const fields = Array.from(document.querySelectorAll("main textarea, main input"));
    if (!fields.some(isWritten)) { window.location.reload(); return; }
    tell("session-ended", ENDED);
  });

  // The case went to others meanwhile: its page stays, for what is typed there to be taken along, and says so
  // until the case is seen again.
  const GONE = "Anh/chị không còn xem được hồ sơ này; có thể đồng nghiệp vừa chuyển hồ sơ đi. Những gì anh/chị đã viết vẫn ở đây nhưng không gửi hay lưu được nữa. Anh/chị chép lại nếu còn cần.";
  document.addEventListener("htmx:afterRequest", function (event) {
    const isOfCase = document.getElementById("case-form") && (event.target === live || event.detail.requestConfig.verb === "post");
    const status = event.detail.xhr.status, told = document.querySelector(".case-gone");
    if (isOfCase && status === 404 && !told) tell("case-gone", GONE);
    else if (isOfCase && status >= 200 && status < 300 && told) told.remove();
  });

  if (!live) return;

  // The server is told which part the page holds, and stays silent when nothing changed.
  document.addEventListener("htmx:configRequest", function (event) {
    if (event.target === live && live.dataset.seen) event.detail.parameters.seen = live.dataset.seen;
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    const seen = event.detail.xhr.getResponseHeader("X-Seen");
    if (event.target === live && seen) live.dataset.seen = seen;
  });

  // A transcript stays at its end, unless the reader scrolled up.
  const transcript = live.closest(".transcript");
  if (transcript) {
    const below = function () { return transcript.scrollHeight - transcript.scrollTop - transcript.clientHeight; };
    const atEnd = function () { return below() < 60; };
    const toEnd = function () { transcript.scrollTop = transcript.scrollHeight; };
    const wanted = document.getElementById(location.hash.slice(1));
    if (wanted && transcript.contains(wanted)) wanted.scrollIntoView({ block: "nearest" });
    else toEnd();
    let follow = atEnd();
    live.addEventListener("htmx:beforeSwap", function () { follow = atEnd(); });
    live.addEventListener("htmx:afterSwap", function () { if (follow) toEnd(); });
  }

  // Word of a change: a look soon, then one for all that comes meanwhile (a list, on which everybody's changes
  // are seen, rests longer: data-look-rest, in milliseconds), and none while the page is out of sight. Where the
  // office takes long to answer, a list rests so many times as long, up to so many milliseconds: it leaves room
  // for those who act.
  const LEAVES = 40, LONGEST = 15000;
  let resting = false, again = false, asked = 0, rest = Number(live.dataset.lookRest || 300);
  const least = rest;
  const look = function () {
    if (resting) { again = true; return; }
    resting = true;
    setTimeout(function () { if (!document.hidden) htmx.trigger(document.body, "desk-changed"); }, 200);
    setTimeout(function () { resting = false; if (again) { again = false; look(); } }, rest);
  };
  live.addEventListener("htmx:beforeRequest", function (event) { if (event.target === live) asked = performance.now(); });
  live.addEventListener("htmx:afterRequest", function (event) {
    if (event.target === live && least > 1000) rest = Math.min(LONGEST, Math.max(least, LEAVES * (performance.now() - asked)));
  });
  // Only a page in sight listens: a browser has six connections for all its tabs.
  let changes = null;
  const listen = function () {
    changes = new EventSource(live.dataset.live);
    changes.addEventListener("change", look);
    // Not let back in: signed out, most likely, which a look finds out.
    changes.addEventListener("error", function () { if (changes.readyState === EventSource.CLOSED) look(); });
  };
  document.addEventListener("visibilitychange", function () {
    if (changes) changes.close();
    if (!document.hidden) { listen(); look(); }
  });
  if (!document.hidden) listen();
  window.addEventListener("pagehide", function () { if (changes) changes.close(); });
})();
