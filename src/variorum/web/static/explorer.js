// The explorer beyond reading: map, list and line of time are of the same events and lead to each other. All that is set
// stands in the address; what a filter changes is asked of the server and put in place, with the focus where it was.
(function () {
  "use strict";
  const PARTS = ["counts", "filters", "notes", "list", "time", "beside"]; // of the page, that follow the filters
  const NOT_OF_MAP = ["page", "size", "time"]; // what the pins do not hang on
  const WAIT = 250; // milliseconds after a move before the list follows
  const holder = document.getElementById("map"), pins = window.variorumPins;
  let world = null, states = [], settled = false, turn = 0, timer = 0;

  function query(address) { return new URL(address, location.href).searchParams; }

  // ---------------------------------------------------------------- the address

  function readView() {
    const match = /^#map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(location.hash);
    return match ? [Number(match[1]), Number(match[2]), Number(match[3])] : null;
  }

  function viewHash() {
    const at = world.map.getCenter();
    return "#map=" + world.map.getZoom() + "/" + at.lat.toFixed(3) + "/" + at.lng.toFixed(3);
  }

  function box() {
    const bounds = world.map.getBounds();
    const west = Math.max(-180, bounds.getWest()), east = Math.min(180, bounds.getEast());
    return [west, Math.max(-90, bounds.getSouth()), east, Math.min(90, bounds.getNorth())]
      .map(function (degrees) { return degrees.toFixed(2); }).join(",");
  }

  function withQuery(change) {
    const address = new URL(location.href);
    change(address.searchParams);
    address.searchParams.delete("page");
    return address;
  }

  // ---------------------------------------------------------------- parts put in place

  function put(fresh) {
    const focus = document.activeElement ? document.activeElement.id : "";
    const open = document.getElementById("filters").open;
    PARTS.forEach(function (id) {
      const old = document.getElementById(id), now = fresh.getElementById(id);
      if (old && now) { old.replaceWith(now); } else if (old) { old.remove(); } else if (now) {
        document.querySelector(".pane-map").append(now);
      }
    });
    document.getElementById("filters").open = open;
    const tick = document.getElementById("in-view");
    if (tick) { tick.checked = query(location.href).has("bbox"); }
    document.querySelectorAll("footer .forms, footer .asof, .asof-bar").forEach(function (old, i) {
      const now = fresh.querySelectorAll("footer .forms, footer .asof, .asof-bar")[i];
      if (now) { old.replaceWith(now); }
    });
    const back = focus && document.getElementById(focus);
    if (back) { back.focus({ preventScroll: true }); } else if (focus) { document.querySelector("#counts h1").focus(); }
    document.getElementById("said").textContent = document.querySelector("#counts h1").textContent.trim();
    enliven();
  }

  // Show what is at an address of this page. `how`: "push" or "replace" it in the history, or "keep" it as it is.
  function load(address, how) {
    const mine = (turn += 1), before = query(location.href);
    return fetch(address.pathname + address.search, { headers: { Accept: "text/html" } }).then(function (answer) {
      // 400: what is asked for cannot be used; the page says why, beside the form.
      if (answer.status !== 200 && answer.status !== 400) { location.href = address.href; return null; }
      return answer.text();
    }).then(function (text) {
      if (text === null || mine !== turn) { return; }
      if (how !== "keep") { history[how + "State"](null, "", address.pathname + address.search + (world ? viewHash() : "")); }
      const fresh = new DOMParser().parseFromString(text, "text/html");
      if (!fresh.getElementById("counts")) { location.href = address.href; return; }
      put(fresh);
      const after = query(address.href);
      NOT_OF_MAP.forEach(function (name) { before.delete(name); after.delete(name); });
      if (world && before.toString() !== after.toString()) {
        before.delete("bbox"); after.delete("bbox");
        loadPins(how !== "keep" && before.toString() !== after.toString() && !inView());
      }
    }).catch(function () { location.href = address.href; });
  }

  function loadPins(fit) {
    const wanted = query(location.href), mine = turn;
    NOT_OF_MAP.forEach(function (name) { wanted.delete(name); });
    return fetch("/map.json?" + wanted).then(function (answer) { return answer.ok ? answer.json() : null; })
      .then(function (data) {
        if (!data || mine !== turn) { return; }
        states = data.states;
        settled = false;
        world.show(data);
        if (fit) { world.fit(); }
        settled = true;
        holder.dataset.pins = String(data.events.length);
      });
  }

  function inView() { const tick = document.getElementById("in-view"); return Boolean(tick && tick.checked); }

  // ---------------------------------------------------------------- one event, in all three

  function markOf(number) {
    return document.querySelector('#strip a[*|href="#e' + number + '"]');
  }

  function highlight(number) {
    document.querySelectorAll("#strip a.on, .events tr.on").forEach(function (old) { old.classList.remove("on"); });
    if (world) { world.choose(number); }
    const mark = number === null ? null : markOf(number), row = document.getElementById("e" + number);
    if (mark) { mark.classList.add("on"); }
    if (row) { row.classList.add("on"); }
  }

  function goTo(number) {
    const row = document.getElementById("e" + number);
    if (row) {
      highlight(number);
      row.scrollIntoView({ block: "nearest" });
      row.querySelector("a").focus({ preventScroll: true });
      return;
    }
    const size = Number(holder.dataset.size) || 100, page = Math.ceil(number / size);
    const address = new URL(location.href);
    if (page > 1) { address.searchParams.set("page", page); } else { address.searchParams.delete("page"); }
    load(address, "replace").then(function () { if (document.getElementById("e" + number)) { goTo(number); } });
  }

  const numberOf = window.variorumNumbered.numberOf;
  window.variorumNumbered.follow(highlight);

  // ---------------------------------------------------------------- links and forms of this page

  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[href], a[*|href]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) { return; }
    const number = numberOf(event.target), href = link.getAttribute("href");
    if (number !== null && href.startsWith("#e") && document.getElementById("list")) {
      event.preventDefault();
      goTo(number);
      return;
    }
    const address = new URL(href, location.href);
    const own = link.closest("#counts, #list nav, #time") || link.closest("#notes .asof-bar");
    if (!own || address.pathname !== location.pathname || address.origin !== location.origin) { return; }
    event.preventDefault();
    load(address, "push").then(function () {
      if (link.closest("nav") || link.rel) { const scroll = document.querySelector(".list-scroll"); if (scroll) { scroll.scrollTop = 0; } }
    });
  });

  document.addEventListener("submit", function (event) {
    if (event.target.id !== "filter") { return; }
    event.preventDefault();
    const address = new URL(location.pathname, location.href);
    new FormData(event.target).forEach(function (value, name) { if (value !== "") { address.searchParams.append(name, value); } });
    load(address, "push");
  });

  window.addEventListener("popstate", function () { load(new URL(location.href), "keep").then(function () { if (world) { loadPins(false); } }); });

  // ---------------------------------------------------------------- a stretch of time

  function enliven() {
    document.querySelectorAll(".brush-said, .in-view").forEach(function (one) { one.hidden = false; });
    const strip = document.querySelector("#strip svg");
    if (!strip || !document.querySelector(".brush-said")) { return; }
    window.variorumBrush.watch(strip, function (first, last) {
      load(withQuery(function (wanted) {
        wanted.set("since", first);
        wanted.set("until", last);
      }), "push");
    });
  }

  // ---------------------------------------------------------------- the map

  function follow() {
    if (!settled) { return; }
    clearTimeout(timer);
    timer = setTimeout(function () {
      if (inView()) { load(withQuery(function (wanted) { wanted.set("bbox", box()); }), "replace"); return; }
      history.replaceState(null, "", location.pathname + location.search + viewHash());
    }, WAIT);
  }

  function start() {
    enliven();
    if (!holder || !window.L) { return; }
    holder.hidden = false;
    document.body.classList.add("with-map");
    world = window.variorumMap.make(holder, {
      address: function (event) { return "/events/EV-" + event[pins.ID] + kept(); },
      words: function (event) {
        const state = states[event[pins.STATE]], many = event[pins.LINEAGES];
        return event[pins.NUMBER] + " · " + event[pins.TITLE] + " · " + (many === 1 ? "one lineage" : many + " lineages") +
          (state && state[0] !== "single" ? " " + state[1] + " " + state[0] : "");
      },
      chosen: function (event) {
        if (document.getElementById("list")) { goTo(event[pins.NUMBER]); } else { location.href = this.address(event); }
      },
      moved: follow
    });
    const view = readView(), given = query(location.href).get("bbox");
    if (view) { world.map.setView([view[1], view[2]], view[0], { animate: false }); } else if (given) {
      const edge = given.split(",").map(Number);
      world.map.fitBounds([[edge[1], edge[0]], [edge[3], edge[2]]], { animate: false });
    }
    document.getElementById("in-view").addEventListener("change", function (event) {
      load(withQuery(function (wanted) {
        if (event.target.checked) { wanted.set("bbox", box()); } else { wanted.delete("bbox"); }
      }), "push");
    });
    loadPins(!view && !given).then(function () { document.body.dataset.explorer = "ready"; });
  }

  function kept() {
    const day = query(location.href).get("as_of");
    return day ? "?as_of=" + day : "";
  }

  start();
}());
