// The map of published reports: points gathered by the server, beside them what is in sight. Chrome 62 and newer.
"use strict";

(function () {
  const frame = document.getElementById("map");
  const list = document.getElementById("in-sight");
  const told = document.getElementById("how-many");
  const city = frame.dataset.city.split(",").map(Number);
  const FAR = 8;
  const NEAR = 19;
  const WAIT = 250;

  frame.hidden = false;
  document.getElementById("seen").hidden = false;
  const map = L.map(frame, { minZoom: FAR, maxZoom: NEAR });
  map.attributionControl.setPrefix("Leaflet");
  map.zoomControl.remove();
  L.control.zoom({ zoomInTitle: "Phóng to", zoomOutTitle: "Thu nhỏ" }).addTo(map);
  if (frame.dataset.tiles) {
    L.tileLayer(frame.dataset.tiles, { maxZoom: NEAR, attribution: frame.dataset.attribution }).addTo(map);
  }
  const points = L.layerGroup().addTo(map);
  const wards = L.layerGroup().addTo(map);

  const place = /^#(-?\d+\.\d+),(-?\d+\.\d+)$/.exec(window.location.hash);
  if (place) map.setView([Number(place[1]), Number(place[2])], 16);
  else map.fitBounds([[city[1], city[0]], [city[3], city[2]]]);

  function sizeOf(number) {
    return 30 + 9 * String(number).length;
  }

  function pointOf(point) {
    const size = sizeOf(point.number);
    const late = point.report && point.report.late;
    const title = point.report
      ? point.report.title + ", " + point.report.state + (late ? ", " + late : "")
      : point.number + " phản ánh gần nhau, bấm để xem gần hơn";
    const icon = L.divIcon({ className: late ? "gathered late" : "gathered", html: String(point.number), iconSize: [size, size] });
    const marker = L.marker(point.at, { icon: icon, title: title, keyboard: true });
    function open() {
      if (point.report) window.location.assign(point.report.address);
      else if (map.getZoom() >= NEAR) told.focus();
      else map.setView(point.at, Math.min(NEAR, map.getZoom() + 2));
    }
    marker.on("click", open);
    marker.on("keydown", function (event) {
      if (event.originalEvent.key !== "Enter" && event.originalEvent.key !== " ") return;
      event.originalEvent.preventDefault();
      open();
    });
    return marker;
  }

  function nameOf(ward) {
    const name = document.createElement("span");
    name.textContent = ward.name;
    const icon = L.divIcon({ className: "ward-name", html: name });
    return L.marker(ward.at, { icon: icon, interactive: false, keyboard: false });
  }

  // Names that would lie over one before them are left out, and come when the map is nearer.
  function legible(named) {
    const taken = [];
    return named.filter(function (ward) {
      const at = map.latLngToContainerPoint(ward.at);
      const isFree = taken.every(function (other) { return Math.abs(at.x - other.x) > 140 || Math.abs(at.y - other.y) > 18; });
      if (isFree) taken.push(at);
      return isFree;
    });
  }

  function lineOf(report) {
    const link = document.createElement("a");
    link.href = report.address;
    link.textContent = report.title;
    const line = document.createElement("li");
    line.append(link);
    const rest = document.createElement("p");
    rest.className = "soft";
    rest.textContent = [report.code, report.place].filter(Boolean).join(" · ");
    line.append(rest);
    const standing = document.createElement("p");
    [[report.state, "standing " + report.kind], [report.late, "standing late"]].forEach(function (said) {
      if (!said[0]) return;
      const tag = document.createElement("span");
      tag.textContent = said[0];
      tag.className = said[1];
      standing.append(tag, " ");
    });
    line.append(standing);
    return line;
  }

  // The first look is at the whole city, then at where there is anything.
  let looked = Boolean(place);
  function lookCloser(found) {
    looked = true;
    if (found.extent) map.fitBounds(found.extent, { padding: [40, 40], maxZoom: 15 });
  }

  function draw(found) {
    if (!looked) lookCloser(found);
    // A point that goes while it has the focus leaves it to the map, not to the beginning of the page.
    const focused = document.activeElement;
    const leaves = focused !== frame && frame.contains(focused) && focused.classList.contains("gathered");
    points.clearLayers();
    wards.clearLayers();
    if (leaves) frame.focus({ preventScroll: true });
    legible(found.wards).forEach(function (ward) { nameOf(ward).addTo(wards); });
    found.points.forEach(function (point) { pointOf(point).addTo(points); });
    while (list.firstChild) list.removeChild(list.firstChild);
    found.reports.forEach(function (report) { list.append(lineOf(report)); });
    told.textContent = found.number
      ? found.number.toLocaleString("vi") + " phản ánh trong khung bản đồ" + (found.number > found.reports.length ? ", " + found.reports.length + " phản ánh mới nhất:" : ":")
      : "Không có phản ánh nào trong khung bản đồ.";
  }

  let asked = 0;
  function ask() {
    const mine = ++asked;
    const sight = map.getBounds();
    const corners = [sight.getWest(), sight.getSouth(), sight.getEast(), sight.getNorth()].map(function (degrees) { return degrees.toFixed(5); });
    const address = frame.dataset.points;
    const more = "khung=" + corners.join(",") + "&muc=" + map.getZoom() + (looked ? "" : "&vua=1");
    fetch(address + (address.indexOf("?") < 0 ? "?" : "&") + more, { credentials: "same-origin" })
      .then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      })
      .then(function (found) { if (mine === asked) draw(found); })
      .catch(function () { if (mine === asked) told.textContent = "Chưa tải được phản ánh. Anh/chị dời bản đồ để thử lại, hoặc xem danh sách."; });
  }

  let waiting = 0;
  map.on("moveend", function () {
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT);
  });
  ask();
})();
