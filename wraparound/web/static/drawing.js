// A box to draw a signature in, for those who like to: what is drawn goes into the form as points. Nobody has to.
const CLOSEST = 2;
const MOST_POINTS = 5900;
const FEWEST_POINTS = 5;

function box(place) {
  const canvas = place.querySelector("canvas");
  const said = place.querySelector("[data-draw-said]");
  const kept = place.closest("form").elements.namedItem("drawing");
  const pen = canvas.getContext("2d");
  const shape = /^\d+,\d+(?:[ ;]\d+,\d+)*$/;
  let strokes = shape.test(kept.value)
    ? kept.value.split(";").map((stroke) => stroke.split(" ").map((point) => point.split(",").map(Number)))
    : [];
  let open = null;

  const points = () => strokes.reduce((sum, stroke) => sum + stroke.length, 0);

  function show() {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#1d2b36";
    for (const [first, ...more] of strokes) {
      pen.beginPath();
      pen.moveTo(...first);
      pen.lineTo(first[0] + 0.1, first[1]);
      for (const point of more) pen.lineTo(...point);
      pen.stroke();
    }
  }

  // A slip of the finger is no signature, and is not sent as one.
  function keep() {
    const drawn = points() >= FEWEST_POINTS;
    kept.value = drawn ? strokes.map((stroke) => stroke.map((point) => point.join(",")).join(" ")).join(";") : "";
    said.textContent = drawn ? "Something is drawn." : "Nothing is drawn.";
  }

  function at(event) {
    const edge = canvas.getBoundingClientRect();
    const within = (value, most) => Math.min(Math.max(Math.round(value), 0), most);
    return [
      within(((event.clientX - edge.left) * canvas.width) / edge.width, canvas.width),
      within(((event.clientY - edge.top) * canvas.height) / edge.height, canvas.height),
    ];
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0 || points() >= MOST_POINTS || strokes.length >= 200) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    open = [at(event)];
    strokes.push(open);
    show();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!open || !event.isPrimary || points() >= MOST_POINTS) return;
    const point = at(event);
    const last = open[open.length - 1];
    if (Math.hypot(point[0] - last[0], point[1] - last[1]) < CLOSEST) return;
    open.push(point);
    show();
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      open = null;
      keep();
    });
  }
  place.querySelector("[data-draw-clear]").addEventListener("click", () => {
    strokes = [];
    show();
    keep();
  });
  place.hidden = false;
  show();
  keep();
}

for (const place of document.querySelectorAll("[data-draw]")) box(place);
