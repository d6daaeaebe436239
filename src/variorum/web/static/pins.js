// Events on the explorer's map: pins with the numbers of the list, counts where pins would lie on each other, circles and
// provinces for what is not known closer, names of towns where nothing else stands. One canvas over the ground.
(function () {
  "use strict";
  const WIDE = 52, TALL = 34; // pixels from one mark to the next; nearer ones become one with a count
  const NUMBER = 0, ID = 1, LAT = 2, LON = 3, SHAPE = 4, REACH = 5, LINEAGES = 6, STATE = 7, DAY = 8, TITLE = 9;
  const EXACT = 0, PROVINCE = 2;
  const FONT = "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif";
  const base = window.variorumBase;

  // Give the marks of one zoom: each an event, or several that lie together. The first in the list leads.
  function gather(events, scale) {
    const marks = [], cells = new Map();
    events.forEach(function (event) {
      const x = base.across(event[LON]) * scale, y = base.down(event[LAT]) * scale;
      const column = Math.floor(x / WIDE), row = Math.floor(y / TALL);
      let best = null, least = 1;
      for (let i = -1; i <= 1; i += 1) {
        for (let j = -1; j <= 1; j += 1) {
          (cells.get((column + i) + ":" + (row + j)) || []).forEach(function (mark) {
            const away = Math.max(Math.abs(mark.x - x) / WIDE, Math.abs(mark.y - y) / TALL);
            if (away < least) { best = mark; least = away; }
          });
        }
      }
      if (best) { best.events.push(event); return; }
      const mark = { x: x, y: y, events: [event] }, key = column + ":" + row;
      marks.push(mark);
      cells.set(key, (cells.get(key) || []).concat(mark));
    });
    return marks;
  }

  // Half the width and half the height of a mark, and what is written in it.
  function sizeOf(mark) {
    const event = mark.events[0], many = mark.events.length;
    const words = many > 1 ? "×" + many : String(event[NUMBER]);
    if (many === 1 && event[SHAPE] === EXACT) {
      const radius = Math.min(16, 9 + 1.1 * (event[LINEAGES] - 1)) + Math.max(0, words.length - 2) * 2.2;
      return { words: words, round: true, wide: radius, tall: radius };
    }
    return { words: words, round: false, wide: 6 + 3.7 * words.length, tall: 10 };
  }

  function pathOf(pen, x, y, size) {
    pen.beginPath();
    if (size.round) { pen.arc(x, y, size.wide, 0, 2 * Math.PI); } else {
      pen.roundRect(x - size.wide, y - size.tall, 2 * size.wide, 2 * size.tall, 5);
    }
  }

  function drawMark(pen, mark, ink, chosen) {
    const event = mark.events[0], size = mark.size, many = mark.events.length > 1;
    const solid = many || (event[LINEAGES] > 1 && event[SHAPE] === EXACT);
    if (chosen) {
      pathOf(pen, mark.px, mark.py, { round: size.round, wide: size.wide + 4, tall: size.tall + 4 });
      pen.fillStyle = ink("--quote-line");
      pen.fill();
    }
    pathOf(pen, mark.px, mark.py, size);
    pen.fillStyle = many ? ink("--ink") : solid ? ink("--bad") : ink("--card");
    pen.fill();
    pen.lineWidth = 1.6;
    pen.setLineDash(!many && event[SHAPE] !== EXACT ? [3, 2] : []);
    pen.strokeStyle = solid ? ink("--card") : ink("--bad");
    pen.stroke();
    pen.setLineDash([]);
    pen.fillStyle = many ? ink("--paper") : solid ? ink("--card") : ink("--bad");
    pen.font = "700 11px " + FONT;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(size.words, mark.px, mark.py + 0.5);
  }

  // Circles and provinces, each once however many events it stands for.
  function drawReach(pen, events, areas, view, ink) {
    const seen = new Set();
    pen.strokeStyle = ink("--bad");
    pen.fillStyle = ink("--bad");
    pen.lineWidth = 1;
    pen.setLineDash(view.zoom < 5 ? [] : [5, 3]);
    events.forEach(function (event) {
      if (event[SHAPE] === EXACT) { return; }
      const outlined = event[SHAPE] === PROVINCE && event[REACH] >= 0;
      const key = outlined ? event[REACH] : event[LAT] + ":" + event[LON] + ":" + event[REACH];
      if (seen.has(key)) { return; }
      seen.add(key);
      pen.beginPath();
      if (outlined) { base.trace(pen, areas[event[REACH]], view, true); } else if (!circle(pen, event, view)) { return; }
      pen.globalAlpha = 0.1;
      pen.fill("evenodd");
      pen.globalAlpha = view.zoom < 5 ? 0.35 : 0.8;
      pen.stroke();
    });
    pen.globalAlpha = 1;
    pen.setLineDash([]);
  }

  function circle(pen, event, view) {
    const around = 40075 * Math.cos(event[LAT] * Math.PI / 180); // km of that parallel
    const radius = Math.abs(event[REACH]) / around * view.scale, y = base.down(event[LAT]) * view.scale - view.top;
    let seen = false;
    for (let turn = -1; turn <= 1; turn += 1) {
      const x = (base.across(event[LON]) + turn) * view.scale - view.left;
      if (radius < 3 || x + radius < 0 || y + radius < 0 || x - radius > view.width || y - radius > view.height) { continue; }
      pen.moveTo(x + radius, y);
      pen.arc(x, y, radius, 0, 2 * Math.PI);
      seen = true;
    }
    return seen;
  }

  function meets(one, other) {
    return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
  }

  // Names of towns, the largest first, each where it covers no mark, no other name and no control.
  function drawTowns(pen, towns, view, taken, ink) {
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    towns.forEach(function (town) {
      const y = base.down(town[2]) * view.scale - view.top;
      for (let turn = -1; turn <= 1; turn += 1) {
        const x = (base.across(town[3]) + turn) * view.scale - view.left;
        if (x > 0 && y > 0 && x < view.width && y < view.height) { nameTown(pen, town, x, y, view.seen, taken, ink); }
      }
    });
  }

  function nameTown(pen, town, x, y, seen, taken, ink) {
    const dot = [x - 2, y - 2, x + 2, y + 2];
    // What would be cut by the edge of what is seen is left away; what lies wholly beyond it is for a map that is moved.
    function cut(box) { return meets(box, seen) && !(box[0] >= seen[0] && box[1] >= seen[1] && box[2] <= seen[2] && box[3] <= seen[3]); }
    function free(box) { return !cut(box) && !taken.some(function (other) { return meets(box, other); }); }
    if (!free(dot)) { return; }
    const lines = town[1] ? [town[0], town[1]] : [town[0]], tall = 13;
    pen.font = "11px " + FONT;
    const wide = Math.max.apply(null, lines.map(function (line) { return pen.measureText(line).width; }));
    const high = tall * lines.length;
    const place = [[x + 5, "left"], [x - 5 - wide, "right"], [x - wide / 2, "center", y + 4], [x - wide / 2, "center", y - 4 - high]]
      .find(function (choice) {
        const top = choice[2] === undefined ? y - high / 2 : choice[2];
        return free([choice[0] - 2, top, choice[0] + wide + 2, top + high]);
      });
    if (!place) { return; }
    const top = place[2] === undefined ? y - high / 2 : place[2];
    const at = { left: place[0], right: place[0] + wide, center: place[0] + wide / 2 }[place[1]];
    taken.push(dot, [place[0] - 2, top, place[0] + wide + 2, top + high]);
    pen.fillStyle = ink("--soft");
    pen.beginPath();
    pen.arc(x, y, 1.8, 0, 2 * Math.PI);
    pen.fill();
    pen.textAlign = place[1];
    pen.strokeStyle = ink("--land");
    pen.lineWidth = 3;
    lines.forEach(function (line, i) {
      pen.strokeText(line, at, top + tall * (i + 0.5));
      pen.fillText(line, at, top + tall * (i + 0.5));
    });
  }

  window.variorumPins = {
    gather: gather, sizeOf: sizeOf, drawMark: drawMark, drawReach: drawReach, drawTowns: drawTowns,
    NUMBER: NUMBER, ID: ID, LAT: LAT, LON: LON, LINEAGES: LINEAGES, STATE: STATE, DAY: DAY, TITLE: TITLE
  };
}());
