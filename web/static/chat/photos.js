/* A photo: looked at before it is sent, and made smaller when the browser can turn it upright, to spare the line. */
(function () {
  "use strict";
  if (!window.chat) return;

  var LARGEST = 8000000; /* bytes; the server takes no more */
  var MOST = 10;
  var SIDE = 1600; /* pixels; a sign on a street can still be read */
  var SMALL = 700000;
  var words = chat.words;
  var pick = chat.element("pick-photo");
  var input = chat.element("photo-file");

  pick.hidden = false;
  pick.addEventListener("click", function () { input.click(); });
  input.addEventListener("change", function () {
    var files = Array.prototype.slice.call(input.files || []);
    input.value = "";
    chat.tell("");
    send(files.slice(0, MOST), files.length > 1 ? chat.door.newId() : "", files.length > MOST ? words.photo_many : "");
  });

  /* One after the other in the order chosen; what was refused is told at the end. */
  function send(files, group, refused) {
    var file = files.shift();
    if (!file) { if (refused) chat.tell(refused); return; }
    if (!isPicture(file)) { send(files, group, words.photo_kind); return; }
    smaller(file, function (ready) {
      if (ready.size > LARGEST) { send(files, group, words.photo_size); return; }
      chat.outgoing.queue({ label: words.photo, file: ready, group: group, preview: URL.createObjectURL(ready) });
      send(files, group, refused);
    });
  }

  /* Some phones name no type. */
  function isPicture(file) {
    return file.type ? /^image\/(jpeg|png|webp)$/.test(file.type) : /\.(jpe?g|png|webp)$/i.test(file.name);
  }

  function smaller(file, done) {
    var turnsUpright = window.CSS && CSS.supports && CSS.supports("image-orientation", "from-image");
    if (file.size < SMALL || !turnsUpright || !HTMLCanvasElement.prototype.toBlob) { done(file); return; }
    var image = new Image();
    var address = URL.createObjectURL(file);
    image.onerror = function () { URL.revokeObjectURL(address); done(file); };
    image.onload = function () {
      URL.revokeObjectURL(address);
      drawn(image).toBlob(function (blob) { done(blob && blob.size < file.size ? blob : file); }, "image/jpeg", 0.85);
    };
    image.src = address;
  }

  function drawn(image) {
    var scale = Math.min(1, SIDE / Math.max(image.naturalWidth, image.naturalHeight));
    var canvas = document.createElement("canvas");
    canvas.width = Math.round(image.naturalWidth * scale);
    canvas.height = Math.round(image.naturalHeight * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  }
})();
