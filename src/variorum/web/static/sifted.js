// The events of a site in a folder, sifted: what stands behind the # of the address says which, and in which order. Only
// data; nothing is drawn here.
(function () {
  "use strict";
  const data = window.variorumEvents;
  const NAMES = ["q", "kind", "state", "min_lineages", "place", "since", "until", "bbox"]; // filters, in the order of their chips
  const AT = {};
  data.columns.forEach(function (name, i) { AT[name] = i; });
  AT.spot = data.columns.length; // lat, lon, shape, reach; null where no map can show the event

  // Letters as they are compared: no case, no marks.
  function fold(text) { return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase(); }

  function isDay(given) { return /^\d{4}-\d\d-\d\d$/.test(given) && !Number.isNaN(Date.parse(given)); }

  // What can be used of a name; of any other than these all can.
  const USABLE = {
    state: function (given) { return data.states.some(function (state) { return state[0] === given; }); },
    min_lineages: function (given) { return /^[1-9]\d{0,5}$/.test(given); },
    since: isDay,
    until: isDay,
    bbox: function (given) { return box(given) !== null; },
    sort: function (given) { return given === "lineages" || given === "killed"; },
    time: function (given) { return given === "published" || given === "recorded"; },
    page: function (given) { return /^[1-9]\d{0,5}$/.test(given); }
  };

  // Give what the address asks for; what cannot be used is as if it did not stand there.
  function readHash() {
    const match = /^#(?!e\d+$|map=|main$)(.+)$/.exec(location.hash), wanted = new URLSearchParams(match ? match[1] : "");
    Object.keys(USABLE).forEach(function (name) {
      if (wanted.has(name) && !USABLE[name](wanted.get(name))) { wanted.delete(name); }
    });
    return wanted;
  }

  // West, south, east, north; where west is more than east, it crosses the 180th meridian.
  function box(given) {
    const edge = given.split(",").map(function (part) { return part.trim() === "" ? NaN : Number(part); });
    return edge.length === 4 && edge.every(Number.isFinite) && edge[1] <= edge[3] ? edge : null;
  }

  function tests(wanted) {
    const found = [], words = fold(wanted.get("q") || "").split(/\s+/).filter(Boolean);
    const kind = wanted.get("kind"), state = wanted.get("state"), least = Number(wanted.get("min_lineages"));
    const place = fold(wanted.get("place") || ""), since = wanted.get("since"), until = wanted.get("until");
    const edge = box(wanted.get("bbox") || "");
    if (words.length) {
      found.push(function (row) {
        const title = fold(row[AT.title]);
        return words.every(function (word) { return title.includes(word); });
      });
    }
    if (kind) { found.push(function (row) { return row[AT.kind] === kind || row[AT.family] === kind; }); }
    if (state) { found.push(function (row) { return row[AT.state] === state; }); }
    if (least > 1) { found.push(function (row) { return row[AT.lineages] >= least; }); }
    if (place) { found.push(function (row) { return fold(row[AT.place] + " " + row[AT.near]).includes(place); }); }
    if (since) { found.push(function (row) { return row[AT.last] >= since; }); }
    if (until) { found.push(function (row) { return row[AT.first] !== "" && row[AT.first] <= until; }); }
    if (edge) {
      found.push(function (row) {
        const spot = row[AT.spot];
        if (spot === null || spot[0] < edge[1] || spot[0] > edge[3]) { return false; }
        const after = spot[1] >= edge[0], before = spot[1] <= edge[2];
        return edge[0] <= edge[2] ? after && before : after || before;
      });
    }
    return found;
  }

  // Give the rows that fit, in the order asked for; what is equal in it stays by date.
  function sift(wanted) {
    const all = tests(wanted);
    const rows = data.rows.filter(function (row) { return all.every(function (test) { return test(row); }); });
    const by = { lineages: AT.lineages, killed: AT.least }[wanted.get("sort")];
    return by === undefined ? rows : rows.sort(function (one, other) { return other[by] - one[by]; });
  }

  // Give the first and last day of an event, by the time that is asked for; null where none is known.
  function days(row, time) {
    if (time === "published" || time === "recorded") { return row[AT[time]] ? [row[AT[time]], row[AT[time]]] : null; }
    return row[AT.first] ? [row[AT.first], row[AT.last]] : null;
  }

  window.variorumSifted = { AT: AT, NAMES: NAMES, data: data, readHash: readHash, sift: sift, days: days };
}());
