// The ground under the explorer's map: land, borders, provinces, rivers, drawn on a canvas. What is out of view is left
// away before anything is drawn. Coordinates are those of the Mercator projection, 0 to 1 from the north-west corner.
(function () {
  "use strict";
  const LIMIT = 85.0511;
  const LINES = [ // kind, colour, width, dashes, least zoom
    ["river", "--river", 1, [], 4], ["province", "--province", 0.8, [3, 3], 5],
    ["border", "--border", 1.1, [], 0], ["disputed", "--border", 1.3, [6, 4], 0]
  ];
  const NEAR = 0.6; // pixels; a point nearer to the one before is not drawn

  function across(lon) { return (lon + 180) / 360; }
  function down(lat) {
    const sine = Math.sin(Math.max(-LIMIT, Math.min(LIMIT, lat)) * Math.PI / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  }

  // One ring or line: its points one after the other, and its box.
  function shape(points, turned) {
    const at = new Float64Array(2 * points.length);
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    points.forEach(function (point, i) {
      const x = across(point[turned ? 1 : 0]), y = down(point[turned ? 0 : 1]);
      at[2 * i] = x; at[2 * i + 1] = y;
      box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y);
    });
    return { at: at, box: box };
  }

  function read(outlines) {
    const found = {};
    outlines.features.forEach(function (feature) {
      const parts = feature.geometry.coordinates;
      const flat = feature.geometry.type === "MultiPolygon" ? parts.flat() : parts;
      found[feature.properties.kind] = (found[feature.properties.kind] || []).concat(
        flat.map(function (points) { return shape(points, false); }));
    });
    return found;
  }

  // `view`: scale (pixels for the whole world), left and top of the canvas in them, width and height.
  function trace(pen, shapes, view, closed) {
    shapes.forEach(function (one) {
      for (let turn = -1; turn <= 1; turn += 1) {
        const left = view.left - turn * view.scale, box = one.box;
        if (box[2] * view.scale < left || box[0] * view.scale > left + view.width ||
            box[3] * view.scale < view.top || box[1] * view.scale > view.top + view.height) { continue; }
        const at = one.at, last = at.length - 2;
        let x = at[0] * view.scale - left, y = at[1] * view.scale - view.top;
        pen.moveTo(x, y);
        for (let i = 2; i <= last; i += 2) {
          const nextX = at[i] * view.scale - left, nextY = at[i + 1] * view.scale - view.top;
          if (i < last && Math.abs(nextX - x) < NEAR && Math.abs(nextY - y) < NEAR) { continue; }
          x = nextX; y = nextY;
          pen.lineTo(x, y);
        }
        if (closed) { pen.closePath(); }
      }
    });
  }

  function draw(pen, base, view, ink) {
    pen.fillStyle = ink("--sea");
    pen.fillRect(0, 0, view.width, view.height);
    [["land", "--land"], ["lake", "--sea"]].forEach(function (kind) {
      pen.beginPath();
      trace(pen, base[kind[0]] || [], view, true);
      pen.fillStyle = ink(kind[1]);
      pen.fill("evenodd");
    });
    pen.beginPath();
    trace(pen, base.land || [], view, true);
    pen.lineWidth = 0.8;
    pen.strokeStyle = ink("--border");
    pen.stroke();
    LINES.forEach(function (line) {
      if (view.zoom < line[4]) { return; }
      pen.beginPath();
      trace(pen, base[line[0]] || [], view, false);
      pen.strokeStyle = ink(line[1]);
      pen.lineWidth = line[2];
      pen.setLineDash(line[3]);
      pen.stroke();
    });
    pen.setLineDash([]);
  }

  window.variorumBase = { read: read, draw: draw, trace: trace, shape: shape, across: across, down: down };
}());
