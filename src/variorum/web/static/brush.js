// A stretch drawn across a line of time, as its first and last day. The picture says in data-first … data-right which
// moments lie where.
(function () {
  "use strict";
  const LEAST = 6; // pixels that are a stretch and no click

  function dayAt(strip, x) {
    const from = Date.parse(strip.dataset.first + "Z"), to = Date.parse(strip.dataset.last + "Z");
    const left = Number(strip.dataset.left), right = Number(strip.dataset.right);
    const share = Math.max(0, Math.min(1, (x - left) / (right - left)));
    return new Date(from + share * (to - from)).toISOString().slice(0, 10);
  }

  function watch(strip, chosen) {
    let from = null, shade = null;
    function at(event) {
      const edge = strip.getBoundingClientRect();
      return (event.clientX - edge.left) / edge.width * strip.viewBox.baseVal.width;
    }
    function end() { from = null; if (shade) { shade.remove(); shade = null; } }
    strip.addEventListener("pointerdown", function (event) { if (!event.button) { from = at(event); } });
    strip.addEventListener("dragstart", function (event) { event.preventDefault(); });
    strip.addEventListener("pointermove", function (event) {
      const x = at(event);
      if (from === null || (!shade && Math.abs(x - from) < LEAST)) { return; }
      if (!shade) {
        strip.setPointerCapture(event.pointerId);
        shade = document.createElementNS("http://www.w3.org/2000/svg", "rect");
        shade.setAttribute("class", "brush");
        shade.setAttribute("y", "0");
        shade.setAttribute("height", String(strip.viewBox.baseVal.height));
        strip.append(shade);
      }
      shade.setAttribute("x", String(Math.min(x, from)));
      shade.setAttribute("width", String(Math.abs(x - from)));
    });
    strip.addEventListener("pointercancel", end);
    strip.addEventListener("pointerup", function (event) {
      const begun = from, drawn = shade, x = at(event);
      end();
      if (!drawn) { return; }
      strip.addEventListener("click", function (click) { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
      chosen(dayAt(strip, Math.min(x, begun)), dayAt(strip, Math.max(x, begun)));
    });
  }

  window.variorumBrush = { watch: watch };
}());
