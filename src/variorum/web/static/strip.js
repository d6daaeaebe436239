// The line of time of a site in a folder, drawn anew for what was sifted; in the forms of show/timelinestrip.py, which draws
// the one that a page comes with: a dot is a day, a bar a range, fading ends are "about", a hollow bar a month or year.
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg", DAY = 86400000, SIDE = 18, FOOT = 26, SINGLY = 60, BINS = 120;
  const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
  const TICKS = [1, 2, 4, 7, 14].map(function (n) { return { days: n }; })
    .concat([1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200].map(function (n) { return { months: n }; }));
  const UNITS = [["day", 1], ["week", 7], ["month", 30.4]];

  function make(name, look, words) {
    const one = document.createElementNS(SVG, name);
    Object.keys(look).forEach(function (key) { one.setAttribute(key, String(look[key])); });
    if (words !== undefined) { one.textContent = words; }
    return one;
  }

  function time(day) { return Date.parse(day + "T00:00Z"); }
  function written(at) { return new Date(at).toISOString().slice(0, 10); }

  function scaleOf(moments, width, height) {
    const first = Math.min.apply(null, moments.map(function (m) { return time(m.first); }));
    const last = Math.max.apply(null, moments.map(function (m) { return time(m.last); })) + DAY - 60000;
    const slack = Math.max((last - first) * 0.02, DAY), from = first - slack, to = last + slack;
    return {
      first: from, last: to, width: width, base: height - FOOT,
      x: function (at) { return SIDE + (width - 2 * SIDE) * (at - from) / (to - from); }
    };
  }

  function axis(svg, scale) {
    const most = scale.width / 85, span = (scale.last - scale.first) / DAY;
    const step = TICKS.find(function (one) { return span / (one.days || one.months * 30.4) <= most; }) || { months: 2400 };
    svg.append(make("line", { class: "chart-axis", x1: SIDE, x2: scale.width - SIDE, y1: scale.base, y2: scale.base, stroke: "#8a8678" }));
    const start = new Date(scale.first);
    let at = step.days ? Math.ceil(scale.first / DAY) * DAY
      : Date.UTC(start.getUTCFullYear(), Math.ceil((start.getUTCMonth() + 1) / step.months) * step.months, 1);
    if (step.months >= 12) { at = Date.UTC(Math.ceil((start.getUTCFullYear() + 1) / (step.months / 12)) * (step.months / 12), 0, 1); }
    while (at <= scale.last) {
      const day = new Date(at), x = scale.x(at), month = MONTHS[day.getUTCMonth()];
      const words = step.days ? day.getUTCDate() + " " + month : step.months >= 12 ? String(day.getUTCFullYear()) : month + " " + day.getUTCFullYear();
      svg.append(make("line", { class: "chart-tick-mark", x1: x, x2: x, y1: scale.base, y2: scale.base + 6, stroke: "#8a8678" }));
      svg.append(make("text", {
        class: "chart-tick", x: Math.min(Math.max(x, 30), scale.width - 30), y: scale.base + 19, "text-anchor": "middle", "font-size": 11, fill: "#666"
      }, words));
      at = step.days ? at + step.days * DAY : Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + step.months, 1);
    }
  }

  function shapes(moment, left, right, y) {
    const ink = "#b3261e", bar = { class: "chart-bar", x: left, y: y - 3.5, width: right - left, height: 7, rx: 2, fill: ink, "fill-opacity": 0.75 };
    if (moment.exactness === "day") {
      return [make("circle", {
        class: "chart-dot", cx: (left + right) / 2, cy: y, r: (right - left) / 2, fill: moment.lineages < 2 ? "#fff" : ink, stroke: ink, "stroke-width": 1.4
      })];
    }
    if (moment.exactness === "month" || moment.exactness === "year") {
      return [make("rect", { class: "chart-hollow", x: left, y: y - 4, width: right - left, height: 8, rx: 2, fill: "none", stroke: ink, "stroke-width": 1.3 })];
    }
    if (moment.exactness !== "about") { return [make("rect", bar)]; }
    const part = Math.min(5, (right - left) / 9), found = [];
    [0.08, 0.2, 0.38].forEach(function (opacity, i) {
      [left + i * part, right - (i + 1) * part].forEach(function (x) {
        found.push(make("rect", { class: "chart-fade", x: x, y: y - 3.5, width: part, height: 7, fill: ink, "fill-opacity": opacity }));
      });
    });
    found.push(make("rect", Object.assign(bar, { x: left + 3 * part, width: Math.max(0.5, right - left - 6 * part) })));
    return found;
  }

  function marks(svg, moments, scale) {
    const lanes = Array.from({ length: Math.max(1, Math.floor((scale.base - 14) / 14)) }, function () { return []; });
    moments.slice().sort(function (a, b) { return a.first < b.first ? -1 : a.first > b.first ? 1 : a.number - b.number; })
      .forEach(function (moment) {
        let left = scale.x(time(moment.first)), right = scale.x(time(moment.last) + DAY);
        if (moment.exactness === "day") {
          const radius = 3 + 1.2 * Math.sqrt(Math.min(9, Math.max(1, moment.lineages))), middle = scale.x(time(moment.first) + DAY / 2);
          left = middle - radius; right = middle + radius;
        } else { const less = Math.max(0, 8 - (right - left)) / 2; left -= less; right += less; }
        const wide = right + 4 + 7 * String(moment.number).length;
        let lane = lanes.findIndex(function (taken) { return taken.every(function (one) { return wide + 2 < one[0] || left - 2 > one[1]; }); });
        if (lane < 0) { lane = lanes.length - 1; }
        lanes[lane].push([left, wide]);
        const y = scale.base - 10 - 14 * lane, name = moment.number + " " + moment.label + " (" + moment.first + " to " + moment.last + ")";
        const group = make("g", { class: "chart-moment" }), link = make("a", { class: "chart-link", href: moment.href, "aria-label": name });
        group.append(make("title", {}, name));
        shapes(moment, left, right, y).forEach(function (one) { group.append(one); });
        link.append(group);
        svg.append(link, make("text", { class: "chart-label", x: right + 3, y: y + 4, "font-size": 11, fill: "#222" }, String(moment.number)));
      });
  }

  function binOf(at, unit) {
    const day = new Date(at), year = day.getUTCFullYear();
    if (unit === "month") { return Date.UTC(year, day.getUTCMonth(), 1); }
    if (unit === "year") { return Date.UTC(year, 0, 1); }
    return unit === "week" ? at - ((day.getUTCDay() + 6) % 7) * DAY : at;
  }

  function after(start, unit) {
    const day = new Date(start);
    if (unit === "day" || unit === "week") { return start + (unit === "day" ? DAY : 7 * DAY); }
    return unit === "month" ? Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 1) : Date.UTC(day.getUTCFullYear() + 1, 0, 1);
  }

  function wordsOf(start, unit) {
    const day = new Date(start);
    if (unit === "month") { return MONTHS[day.getUTCMonth()] + " " + day.getUTCFullYear(); }
    return unit === "year" ? String(day.getUTCFullYear()) : (unit === "week" ? "week of " : "") + written(start);
  }

  function bins(svg, moments, scale, link) {
    const first = Math.min.apply(null, moments.map(function (m) { return time(m.first); }));
    const last = Math.max.apply(null, moments.map(function (m) { return time(m.last); }));
    const unit = (UNITS.find(function (one) { return (last - first) / DAY / one[1] <= BINS; }) || ["year"])[0];
    const counts = new Map();
    moments.forEach(function (m) {
      const start = binOf(Math.floor((time(m.first) + time(m.last)) / 2 / DAY) * DAY, unit);
      counts.set(start, (counts.get(start) || 0) + 1);
    });
    const most = Math.max.apply(null, Array.from(counts.values())), tall = scale.base - 20;
    Array.from(counts.keys()).sort(function (a, b) { return a - b; }).forEach(function (start) {
      const count = counts.get(start), end = after(start, unit), left = scale.x(start), right = scale.x(end);
      const said = wordsOf(start, unit) + ": " + count + (count === 1 ? " event" : " events"), high = Math.max(1.5, tall * count / most);
      const bar = make("rect", {
        class: "chart-bin", x: left, y: scale.base - high, width: Math.max(0.8, right - left - (right - left > 3 ? 1 : 0)), height: high,
        fill: "#b3261e", "fill-opacity": 0.75
      });
      bar.append(make("title", {}, said));
      if (!link) { svg.append(bar); return; }
      const around = make("a", { class: "chart-link", href: link(written(start), written(end - DAY)), "aria-label": said });
      around.append(bar);
      svg.append(around);
    });
    svg.append(make("text", { class: "chart-label", x: SIDE, y: 12, "font-size": 11, fill: "#555" },
      moments.length.toLocaleString("en") + " events by " + unit + "; the highest bar is " + most.toLocaleString("en")));
  }

  // `moments`: number, label, first, last, exactness, lineages, href. `link` gives where a count of days leads; null: nowhere.
  function draw(moments, width, height, title, link) {
    const scale = scaleOf(moments, width, height), singly = moments.length <= SINGLY;
    const svg = make("svg", {
      class: "chart chart-timeline", viewBox: "0 0 " + width + " " + height, width: width, height: height, role: singly || link ? "group" : "img",
      "aria-label": title, "font-family": "system-ui,'Noto Sans','DejaVu Sans',sans-serif", "data-left": SIDE, "data-right": width - SIDE,
      "data-first": new Date(scale.first).toISOString().slice(0, 16), "data-last": new Date(scale.last).toISOString().slice(0, 16)
    });
    svg.append(make("title", {}, title));
    axis(svg, scale);
    if (singly) { marks(svg, moments, scale); } else { bins(svg, moments, scale, link); }
    return svg;
  }

  window.variorumStrip = { draw: draw };
}());
