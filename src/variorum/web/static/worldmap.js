// The explorer's map: Leaflet moves and zooms, one canvas is drawn anew after each move. Nothing is fetched from another
// machine: no tiles. The list beside it holds the same events, so the pins need no keyboard of their own.
(function () {
  "use strict";
  const OUTLINES = "/static/outlines.json";
  const MOST_ZOOM = 10; // simplified rivers leave their towns when drawn larger
  const NARROW = 760; // pixels: the credit line and the scale do not stand side by side
  const ROOM = 8000; // square pixels of map for each town's name
  const base = window.variorumBase, pins = window.variorumPins;

  function ink(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

  // Keeps the colours of one drawing: asking the style for each mark is slow.
  function colours() {
    const kept = {};
    return function (name) { return kept[name] || (kept[name] = ink(name)); };
  }

  const Canvas = L.Renderer.extend({
    options: { padding: 0.25 },
    _initContainer: function () { this._container = document.createElement("canvas"); },
    _destroyContainer: function () { this._container.remove(); delete this._container; },
    _updatePaths: function () { /* there are none: all is drawn in `_update` */ },
    _update: function () {
      if (this._map._animatingZoom && this._bounds) { return; }
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize(), sharp = window.devicePixelRatio || 1, canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      canvas.width = sharp * size.x; canvas.height = sharp * size.y;
      canvas.style.width = size.x + "px"; canvas.style.height = size.y + "px";
      const corner = this._map.getPixelOrigin().add(this._bounds.min), zoom = this._map.getZoom();
      const pen = canvas.getContext("2d"), whole = this._map.getSize();
      const first = this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min);
      pen.setTransform(sharp, 0, 0, sharp, 0, 0);
      this.options.paint(pen, {
        scale: 256 * Math.pow(2, zoom), left: corner.x, top: corner.y, width: size.x, height: size.y, zoom: zoom,
        corner: this._bounds.min, seen: [first.x, first.y, first.x + whole.x, first.y + whole.y]
      });
      this.fire("update");
    }
  });

  function make(holder, tell) {
    const map = L.map(holder, {
      minZoom: 1, maxZoom: MOST_ZOOM, zoomSnap: 0.5, zoomDelta: 1, maxBounds: [[-85, -1e4], [85, 1e4]], worldCopyJump: true,
      attributionControl: true, zoomControl: false
    }).setView([20, 20], 2);
    L.control.zoom({ zoomInTitle: "Nearer", zoomOutTitle: "Farther" }).addTo(map);
    // Under a narrow map the credit takes whole lines: the scale stands above then.
    const scale = L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    function settle() { scale.setPosition(map.getSize().x < NARROW ? "topright" : "bottomleft"); }
    settle();
    map.on("resize", settle);
    map.attributionControl.setPrefix(false);
    const state = { base: null, data: { events: [], areas: [] }, areas: [], marks: [], zoom: null, towns: [], chosen: null, drawn: [] };
    const canvas = new Canvas({ paint: paint });
    canvas.addTo(map);

    function controls(corner) {
      const from = holder.getBoundingClientRect();
      return Array.from(holder.querySelectorAll(".leaflet-control")).map(function (control) {
        const box = control.getBoundingClientRect();
        const at = map.containerPointToLayerPoint([box.left - from.left, box.top - from.top]).subtract(corner);
        return [at.x - 4, at.y - 4, at.x + box.width + 4, at.y + box.height + 4];
      });
    }

    function paint(pen, view) {
      const colour = colours();
      if (state.base) { base.draw(pen, state.base, view, colour); }
      if (state.zoom !== view.zoom) {
        state.marks = pins.gather(state.data.events, view.scale);
        state.zoom = view.zoom;
      }
      pins.drawReach(pen, state.data.events, state.areas, view, colour);
      state.drawn = [];
      state.marks.forEach(function (mark) {
        for (let turn = -1; turn <= 1; turn += 1) {
          const x = mark.x + turn * view.scale - view.left, y = mark.y - view.top;
          if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) { continue; }
          mark.size = mark.size || pins.sizeOf(mark);
          state.drawn.push({ px: x, py: y, size: mark.size, events: mark.events });
        }
      });
      const taken = state.drawn.map(function (one) {
        return [one.px - one.size.wide - 2, one.py - one.size.tall - 2, one.px + one.size.wide + 2, one.py + one.size.tall + 2];
      });
      pins.drawTowns(pen, state.towns, view, taken.concat(controls(view.corner)), colour);
      state.drawn.slice().reverse().forEach(function (one) {
        pins.drawMark(pen, one, colour, state.chosen !== null && one.events.some(function (e) { return e[0] === state.chosen; }));
      });
      state.corner = view.corner;
    }

    function draw() { canvas._update(); }

    function hit(where) {
      const at = map.containerPointToLayerPoint(where).subtract(state.corner);
      return state.drawn.find(function (one) {
        return Math.abs(one.px - at.x) <= one.size.wide + 2 && Math.abs(one.py - at.y) <= one.size.tall + 2;
      });
    }

    function lines(mark) {
      const box = document.createElement("div");
      mark.events.slice(0, 40).forEach(function (event) {
        const line = document.createElement("p"), link = document.createElement("a");
        link.href = tell.address(event);
        link.textContent = event[pins.NUMBER] + " · " + event[pins.TITLE];
        line.append(link);
        box.append(line);
      });
      if (mark.events.length > 40) { box.append("and " + (mark.events.length - 40) + " more: see the list"); }
      return box;
    }

    const tip = L.tooltip({ direction: "top", className: "map-tip", offset: [0, -8] });
    map.on("mousemove", function (event) {
      const mark = hit(event.containerPoint);
      holder.classList.toggle("over", Boolean(mark));
      if (!mark) { map.closeTooltip(tip); return; }
      const spot = map.layerPointToLatLng(L.point(mark.px, mark.py).add(state.corner));
      const words = document.createElement("span");
      words.textContent = mark.events.length > 1 ? mark.events.length + " events here" : tell.words(mark.events[0]);
      map.openTooltip(tip.setContent(words).setLatLng(spot));
    });
    map.on("mouseout", function () { map.closeTooltip(tip); });
    map.on("click", function (event) {
      const mark = hit(event.containerPoint);
      if (!mark) { return; }
      const places = L.latLngBounds(mark.events.map(function (e) { return [e[pins.LAT], e[pins.LON]]; }));
      const apart = places.getNorthEast().distanceTo(places.getSouthWest()) > 2000;
      if (mark.events.length === 1) { tell.chosen(mark.events[0]); }
      else if (apart && map.getZoom() < MOST_ZOOM) { map.fitBounds(places, { padding: [40, 40] }); }
      else { L.popup({ maxHeight: 260, maxWidth: 360 }).setLatLng(places.getCenter()).setContent(lines(mark)).openOn(map); }
    });

    let asked = 0;
    function nameTowns() {
      const bounds = map.getBounds(), size = map.getSize(), turn = (asked += 1);
      const west = Math.max(-180, bounds.getWest()), east = Math.min(180, bounds.getEast());
      if (west >= east) { return; }
      const box = [west, Math.max(-85, bounds.getSouth()), east, Math.min(85, bounds.getNorth())].map(function (d) { return d.toFixed(2); });
      if (window.variorumTowns) { // a site in a folder: all of them are here, the largest first
        state.towns = window.variorumTowns.filter(function (town) {
          return town[3] >= west && town[3] <= east && bounds.contains([town[2], town[3]]);
        }).slice(0, Math.min(200, Math.ceil(size.x * size.y / ROOM)));
        draw();
        return;
      }
      fetch("/towns.json?bbox=" + box.join(",") + "&most=" + Math.min(200, Math.ceil(size.x * size.y / ROOM)))
        .then(function (answer) { return answer.ok ? answer.json() : null; })
        .then(function (found) { if (found && turn === asked) { state.towns = found.towns; draw(); } })
        .catch(function () { /* names are an extra */ });
    }
    map.on("moveend", function () { nameTowns(); tell.moved(); });

    function ground(outlines) {
      state.base = base.read(outlines);
      draw();
      holder.dataset.ready = "1";
    }
    if (window.variorumOutlines) { ground(window.variorumOutlines); } else {
      fetch(OUTLINES).then(function (answer) { return answer.json(); }).then(ground);
    }
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);

    return {
      map: map,
      show: function (data) {
        state.data = data;
        state.areas = data.areas.map(function (rings) { return rings.map(function (ring) { return base.shape(ring, true); }); });
        state.zoom = null;
        map.attributionControl.addAttribution(data.credit); // of this program, not of any report
        draw();
      },
      fit: function () {
        const places = state.data.events.map(function (e) { return [e[pins.LAT], e[pins.LON]]; });
        if (places.length) { map.fitBounds(L.latLngBounds(places).pad(0.15), { maxZoom: 8, animate: false }); }
      },
      choose: function (number) { if (state.chosen !== number) { state.chosen = number; draw(); } },
      event: function (number) { return state.data.events.find(function (e) { return e[0] === number; }); },
      state: state
    };
  }

  window.variorumMap = { make: make };
}());
