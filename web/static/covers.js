// Parts of a photo that are covered before it is shown: drawn by dragging, or typed as numbers; each shows the other.
"use strict";

(() => {
  const MOST = 12;

  const rectangles = (typed) =>
    typed.split(/\s+/).map((part) => part.split(",").map(Number)).filter((four) => four.length === 4 && four.every(Number.isFinite));

  const written = (four) => four.map((number) => Math.round(number * 10) / 10).join(",");

  function place(box, [left, top, width, height]) {
    Object.assign(box.style, { left: `${left}%`, top: `${top}%`, width: `${width}%`, height: `${height}%` });
  }

  function begin(covering) {
    const picture = covering.querySelector(".picture");
    const image = picture.querySelector("img");
    const typed = covering.querySelector("input[type=text]");
    image.src = image.dataset.bare;
    image.draggable = false;

    function draw() {
      picture.querySelectorAll(".cover").forEach((box) => box.remove());
      rectangles(typed.value).forEach((four) => place(added(), four));
      last.hidden = !typed.value.trim();
    }

    function added() {
      const box = document.createElement("div");
      box.className = "cover";
      picture.append(box);
      return box;
    }

    function at(event) {
      const frame = image.getBoundingClientRect();
      const share = (value, size) => Math.min(100, Math.max(0, (100 * value) / size));
      return [share(event.clientX - frame.left, frame.width), share(event.clientY - frame.top, frame.height)];
    }

    const between = ([x, y], [u, v]) => [Math.min(x, u), Math.min(y, v), Math.abs(x - u), Math.abs(y - v)];

    let from = null;
    let box = null;
    picture.addEventListener("pointerdown", (event) => {
      if (event.button || rectangles(typed.value).length >= MOST) return;
      from = at(event);
      box = added();
      picture.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    picture.addEventListener("pointermove", (event) => {
      if (box) place(box, between(from, at(event)));
    });
    picture.addEventListener("pointerup", (event) => {
      if (!box) return;
      const four = between(from, at(event));
      box = null;
      if (four[2] > 0.5 && four[3] > 0.5) typed.value = `${typed.value} ${written(four)}`.trim();
      draw();
    });
    picture.addEventListener("pointercancel", () => {
      box = null;
      draw();
    });

    const last = document.createElement("button");
    last.type = "button";
    last.className = "second";
    last.textContent = "Bỏ vùng che cuối";
    last.addEventListener("click", () => {
      typed.value = rectangles(typed.value).slice(0, -1).map(written).join(" ");
      draw();
      typed.focus();
    });
    const row = document.createElement("div");
    row.className = "buttons";
    row.append(last);
    covering.append(row);
    typed.addEventListener("input", draw);
    draw();
  }

  document.querySelectorAll(".covering").forEach(begin);
})();
