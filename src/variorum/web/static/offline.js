// The explorer of a site in a folder: map, list and line of time of the same events, sifted by what stands behind the # of
// the address. Nothing is fetched; what a page came with stays until somebody asks for something else.
(function () {
  "use strict";
  const sifted = window.variorumSifted, AT = sifted.AT, data = sifted.data, pins = window.variorumPins;
  const holder = document.getElementById("map"), SIZE = holder ? Number(holder.dataset.size) || 100 : 100, FEW = 12;
  const PAGE = Number((document.getElementById("list") || { dataset: {} }).dataset.page) || 1; // of the list, that the file is
  const whole = Array.from(document.querySelector("#counts h1").childNodes, function (node) { return node.cloneNode(true); });
  const signs = new Map(data.states.map(function (state) { return [state[0], state]; }));
  let world = null, wanted = new URLSearchParams(), rows = data.rows, timer = 0;

  function make(name, look, words) {
    const one = document.createElement(name);
    Object.keys(look || {}).forEach(function (key) { one.setAttribute(key, look[key]); });
    if (words !== undefined) { one.append(words); }
    return one;
  }

  function plural(count, word) { return count.toLocaleString("en") + " " + word + (count === 1 ? "" : "s"); }
  function fileOf(row) { return "events/" + row[AT.event] + ".html"; }

  // Give the address behind the # with some filters changed; null takes one out.
  function hashWith(change) {
    const next = new URLSearchParams(wanted);
    next.delete("page");
    next.delete("all");
    Object.keys(change).forEach(function (name) {
      if (change[name] === null || change[name] === "") { next.delete(name); } else { next.set(name, change[name]); }
    });
    return "#" + (next.toString() || "all=1");
  }

  function go(change) { location.hash = hashWith(change); }

  // ---------------------------------------------------------------- above

  function wordsOf(name) {
    const value = wanted.get(name);
    if (name === "q") { return "“" + value + "” in the title"; }
    if (name === "state") { return signs.has(value) ? signs.get(value)[2] : value; }
    if (name === "min_lineages") { return "at least " + value + " lineages"; }
    if (name === "place") { return "in " + value; }
    if (name === "bbox") { return "only what is in view"; }
    return name === "kind" ? value.replace(/_/g, " ") : name + " " + value;
  }

  function signOf(state) {
    return make("span", { class: "sign", "aria-hidden": "true" }, signs.get(state)[1]);
  }

  function drawChips() {
    const list = document.querySelector(".chips-set"), set = sifted.NAMES.filter(function (name) { return wanted.get(name); });
    list.replaceChildren();
    function add(look, parts) {
      const item = make("li"), link = make("a", look);
      parts.forEach(function (part) { link.append(part); });
      item.append(link);
      list.append(item);
    }
    set.forEach(function (name) {
      const change = {};
      change[name] = null;
      add({ class: "set", id: "off-" + name, href: hashWith(change) }, [
        make("bdi", {}, wordsOf(name)), " ", make("span", { "aria-hidden": "true" }, "×"), make("span", { class: "unseen" }, ", take this filter off")]);
    });
    ["contradicts", "revised", "single"].forEach(function (state) {
      if (wanted.get("state") === state) { return; }
      add({ class: "unset", id: "set-" + state, href: hashWith({ state: state }) },
        [make("span", { class: "unseen" }, "only "), signOf(state), " " + signs.get(state)[2]]);
    });
    if (set.length > 1) { add({ class: "all", id: "off-all", href: "#all=1" }, ["take all off"]); }
  }

  function drawHead() {
    const head = document.querySelector("#counts h1"), all = rows.length === data.rows.length;
    if (all) { head.replaceChildren.apply(head, whole.map(function (node) { return node.cloneNode(true); })); } else {
      head.replaceChildren(make("strong", {}, plural(rows.length, "event")), make("small", {}, " of " + data.rows.length.toLocaleString("en")));
    }
    document.getElementById("said").textContent = head.textContent.trim();
    const form = document.getElementById("filter");
    Array.from(form.elements).forEach(function (field) { if (field.name) { field.value = wanted.get(field.name) || ""; } });
    drawChips();
  }

  // ---------------------------------------------------------------- the list

  function cell(look, parts) {
    const one = make("td", Object.assign({ role: "cell" }, look));
    parts.forEach(function (part) { one.append(part); });
    return one;
  }

  function drawRow(row, number) {
    const line = make("tr", { role: "row", id: "e" + number, "data-number": number });
    const link = make("a", { href: fileOf(row) }), below = make("small"), tag = make("span", { class: "tag " + row[AT.state] });
    link.append(make("bdi", {}, row[AT.what]));
    below.append(make("bdi", {}, row[AT.place] || "no place stated"), " · ", make("span", { class: "label" }, row[AT.event]));
    tag.append(make("span", { "aria-hidden": "true" }, signs.get(row[AT.state])[1]), " " + signs.get(row[AT.state])[2]);
    line.append(
      cell({ class: "number" }, [String(number)]), cell({ class: "day" }, [row[AT.day] || "undated"]), cell({}, [link, make("br"), below]),
      cell({ class: "count-of" }, [make("strong", {}, String(row[AT.lineages])), " ",
        make("span", { class: "unseen small" }, row[AT.lineages] === 1 ? "lineage, " : "lineages, "), make("br"), make("small", {}, plural(row[AT.reports], "report"))]),
      cell({}, [tag]), cell({ class: "killed" }, [make("span", { class: "unseen small" }, "killed: "), row[AT.killed] || "–"]));
    return line;
  }

  function drawPages(section, page, pages) {
    const old = section.querySelector("nav.pages");
    if (old) { old.remove(); }
    if (pages < 2) { return; }
    const nav = make("nav", { class: "pages", "aria-label": "Pages of the list" }), first = SIZE * (page - 1);
    if (page > 1) { nav.append(make("a", { id: "page-before", rel: "prev", href: hashWith({ page: page - 1 }) }, "‹ previous"), " "); }
    nav.append(make("span", {}, (first + 1) + "–" + Math.min(rows.length, first + SIZE) + " of " + rows.length.toLocaleString("en") + ", page " + page + " of " + pages), " ");
    if (page < pages) { nav.append(make("a", { id: "page-after", rel: "next", href: hashWith({ page: page + 1 }) }, "next ›")); }
    section.append(nav);
  }

  // Whether the list is that of the file: with no filter and in no other order.
  function isPlain() { return !wanted.get("sort") && !sifted.NAMES.some(function (name) { return wanted.get(name); }); }
  function pageOf() { return Number(wanted.get("page")) || (isPlain() ? PAGE : 1); }

  function drawList() {
    const section = document.getElementById("list"), body = section && section.querySelector("tbody");
    if (!body) { return; }
    const pages = Math.max(1, Math.ceil(rows.length / SIZE)), page = Math.min(pages, pageOf());
    const start = SIZE * (page - 1);
    body.replaceChildren();
    rows.slice(start, start + SIZE).forEach(function (row, i) { body.append(drawRow(row, start + i + 1)); });
    section.querySelectorAll(".none-fits").forEach(function (old) { old.remove(); });
    if (!rows.length) {
      const none = make("p", { class: "empty none-fits" }, "No event fits. ");
      none.append(make("a", { href: "#all=1" }, "Take all filters off"));
      section.append(none);
    }
    section.querySelector(".list-scroll").scrollTop = 0;
    drawPages(section, page, pages);
  }

  // ---------------------------------------------------------------- time

  function drawTime() {
    const pane = document.getElementById("time");
    if (!pane) { return; }
    const which = wanted.get("time") || "event", list = document.getElementById("list"), moments = [];
    rows.forEach(function (row, i) {
      const days = sifted.days(row, which);
      if (days === null) { return; }
      moments.push({
        number: i + 1, label: row[AT.title], first: days[0], last: days[1], lineages: row[AT.lineages], href: list ? "#e" + (i + 1) : fileOf(row),
        exactness: which === "event" ? row[AT.exactness] : "day"
      });
    });
    pane.querySelectorAll(".time-head a").forEach(function (link) {
      const name = link.id.slice("time-".length);
      link.href = hashWith({ time: name === "event" ? null : name });
      if (name === which) { link.setAttribute("aria-current", "true"); } else { link.removeAttribute("aria-current"); }
    });
    let strip = document.getElementById("strip");
    if (!strip) {
      strip = make("figure", { class: "figure", id: "strip", role: "group", "aria-label": "Line of time", tabindex: "0" });
      pane.querySelector(".time-head").after(strip);
    }
    strip.hidden = moments.length === 0;
    const tall = list ? (moments.length > 15 && moments.length <= 60 ? 152 : 96) : 260;
    strip.replaceChildren();
    if (moments.length) {
      strip.append(window.variorumStrip.draw(moments, 1300, tall, "Events by time", which !== "event" ? null : function (first, last) {
        return hashWith({ since: first, until: last });
      }));
    }
    const undated = rows.length - moments.length;
    pane.querySelector(".time-said").firstChild.textContent = undated ? plural(undated, "event") + " without a day. " : "";
    const table = document.getElementById("figures");
    if (table) { table.hidden = rows.length !== data.rows.length || which !== "event"; }
    watchBrush();
  }

  function watchBrush() {
    const strip = document.querySelector("#strip svg"), said = document.querySelector(".brush-said");
    if (!strip || !said) { return; }
    said.hidden = (wanted.get("time") || "event") !== "event";
    if (said.hidden) { return; }
    window.variorumBrush.watch(strip, function (first, last) { go({ since: first, until: last }); });
  }

  // ---------------------------------------------------------------- the map

  function drawBeside() {
    const pane = document.querySelector(".pane-map"), by = new Map();
    if (!pane) { return; }
    rows.forEach(function (row, i) {
      if (row[AT.spot] === null) { by.set(row[AT.place], (by.get(row[AT.place]) || []).concat(i + 1)); }
    });
    const old = document.getElementById("beside");
    if (old) { old.remove(); }
    if (!by.size) { return; }
    const many = rows.filter(function (row) { return row[AT.spot] === null; }).length;
    const box = make("details", { class: "beside", id: "beside" }), summary = make("summary"), list = make("ul");
    box.open = by.size <= 3;
    summary.append(make("strong", {}, "Not on the map: " + plural(many, "event")), ", with no place closer than a country");
    Array.from(by.keys()).sort(function (a, b) { return Number(a === "") - Number(b === "") || by.get(b).length - by.get(a).length || (a < b ? -1 : 1); }).forEach(function (where) {
      const item = make("li"), numbers = by.get(where);
      item.append(where ? make("bdi", {}, where) : "no place known", ": ");
      numbers.slice(0, FEW).forEach(function (number, i) {
        item.append(i ? ", " : "", make("a", { href: "#e" + number, "data-number": number }, String(number)));
      });
      if (numbers.length > FEW) { item.append(" and " + plural(numbers.length - FEW, "other")); }
      list.append(item);
    });
    box.append(summary, list);
    pane.append(box);
  }

  function drawPins(fit) {
    if (!world) { return; }
    const events = [];
    rows.forEach(function (row, i) {
      const spot = row[AT.spot];
      if (spot === null) { return; }
      const state = data.states.findIndex(function (one) { return one[0] === row[AT.state]; });
      events.push([i + 1, row[AT.event], spot[0], spot[1], spot[2], spot[3], row[AT.lineages], state, row[AT.day], row[AT.title]]);
    });
    world.show({ events: events, areas: data.areas, credit: data.credit });
    if (fit) { world.fit(); }
    holder.dataset.pins = String(events.length);
  }

  // ---------------------------------------------------------------- one event, in all three

  function highlight(number) {
    document.querySelectorAll("#strip a.on, .events tr.on").forEach(function (old) { old.classList.remove("on"); });
    if (world) { world.choose(number); }
    const mark = document.querySelector('#strip a[*|href="#e' + number + '"]'), row = document.getElementById("e" + number);
    if (mark) { mark.classList.add("on"); }
    if (row) { row.classList.add("on"); }
  }

  function goTo(number) {
    if (!document.getElementById("e" + number)) {
      history.pushState(null, "", hashWith({ page: Math.ceil(number / SIZE) }));
      apply(false);
    }
    const row = document.getElementById("e" + number);
    if (!row) { return; }
    highlight(number);
    row.scrollIntoView({ block: "nearest" });
    row.querySelector("a").focus({ preventScroll: true });
  }

  const numberOf = window.variorumNumbered.numberOf;
  window.variorumNumbered.follow(highlight);

  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[href], a[*|href]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) { return; }
    const number = numberOf(event.target);
    if (number === null || !/#e\d+$/.test(link.getAttribute("href"))) { return; }
    event.preventDefault();
    if (document.getElementById("list")) { goTo(number); } else { location.href = fileOf(rows[number - 1]); }
  });

  document.getElementById("filter").addEventListener("submit", function (event) {
    const change = {};
    event.preventDefault();
    new FormData(event.target).forEach(function (value, name) { change[name] = value; });
    go(change);
  });

  // ---------------------------------------------------------------- all of it

  // Show what the address asks for; `fit`: the map moves to the events, unless they are those in its view.
  function apply(fit) {
    const focus = document.activeElement ? document.activeElement.id : "";
    wanted = sifted.readHash();
    rows = sifted.sift(wanted);
    drawHead();
    drawList();
    drawTime();
    drawBeside();
    drawPins(fit && !wanted.has("bbox"));
    document.body.classList.toggle("sifted", !isPlain() || pageOf() !== PAGE);
    const tick = document.getElementById("in-view"), back = focus && document.getElementById(focus);
    if (tick) { tick.checked = wanted.has("bbox"); }
    if (back) { back.focus({ preventScroll: true }); } else if (focus) { document.querySelector("#counts h1").focus(); }
  }

  window.addEventListener("hashchange", function () { if (!/^#(e\d+|main)$/.test(location.hash)) { apply(true); } });

  function box() {
    const bounds = world.map.getBounds();
    return [Math.max(-180, bounds.getWest()), Math.max(-90, bounds.getSouth()), Math.min(180, bounds.getEast()), Math.min(90, bounds.getNorth())]
      .map(function (degrees) { return degrees.toFixed(2); }).join(",");
  }

  function follow() {
    clearTimeout(timer);
    timer = setTimeout(function () {
      if (!document.getElementById("in-view").checked) { return; }
      history.replaceState(null, "", hashWith({ bbox: box() }));
      apply(false);
    }, 250);
  }

  function start() {
    if (holder && window.L) {
      document.body.classList.add("with-map");
      world = window.variorumMap.make(holder, {
        address: function (event) { return fileOf(rows[event[pins.NUMBER] - 1]); },
        words: function (event) {
          const state = data.states[event[pins.STATE]], many = event[pins.LINEAGES];
          return event[pins.NUMBER] + " · " + event[pins.TITLE] + " · " + (many === 1 ? "one lineage" : many + " lineages") +
            (state && state[0] !== "single" ? " " + state[1] + " " + state[0] : "");
        },
        chosen: function (event) {
          if (document.getElementById("list")) { goTo(event[pins.NUMBER]); } else { location.href = this.address(event); }
        },
        moved: follow
      });
      document.querySelector(".in-view").hidden = false;
      document.getElementById("in-view").addEventListener("change", function (event) { go({ bbox: event.target.checked ? box() : null }); });
    }
    wanted = sifted.readHash();
    if (wanted.toString()) { apply(true); } else {
      drawChips();
      drawPins(true);
      watchBrush();
    }
    document.body.dataset.explorer = "ready";
  }

  start();
}());
