// What every page does beyond reading: `/` searches, G and a letter goes somewhere, and a bar says that the ledger grew.
// Reading needs none of it.
(function () {
  "use strict";
  var root = document.body.dataset.root; // of a site in a folder
  var PLACES = root === undefined
    ? { e: "/", r: "/review", m: "/map", t: "/timeline", s: "/sources", h: "/history" }
    : { e: root + "index.html", r: root + "reports.html", m: root + "map.html", t: root + "timeline.html", s: root + "sources.html" };
  var EVERY = 5000; // milliseconds between two looks at whether the ledger grew

  var keys = window.variorumKeys;

  var going = false;
  document.addEventListener("keydown", function (event) {
    if (keys.off() || event.ctrlKey || event.metaKey || event.altKey || keys.typing(event.target)) { return; }
    var key = event.key.toLowerCase();
    var act = keys.actOf(event.key);
    if (going) {
      going = false;
      if (PLACES[key]) { event.preventDefault(); event.stopImmediatePropagation(); location.href = PLACES[key]; }
      return;
    }
    if (act === "search") {
      var search = document.getElementById("search");
      if (search) { event.preventDefault(); search.focus(); }
    } else if (act === "go") {
      going = true;
      setTimeout(function () { going = false; }, 1500);
    } else if (act === "keys" && root === undefined) {
      event.preventDefault();
      location.href = "/keys";
    }
  });

  // What only scripts can do is hidden where there are none.
  document.querySelectorAll("[data-scripts]").forEach(function (one) { one.hidden = false; });

  // A button to print, and what is folded away printed with the rest where a stylesheet cannot unfold it.
  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
  var folded = [];
  window.addEventListener("beforeprint", function () {
    folded = Array.from(document.querySelectorAll("main details:not([open], .filters)"));
    folded.forEach(function (one) { one.open = true; });
  });
  window.addEventListener("afterprint", function () {
    folded.forEach(function (one) { one.open = false; });
    folded = [];
  });

  var seen = document.body.dataset; // the ledger as this page shows it
  var head = seen.head;

  function more(now, before, word, words) {
    var by = now - before;
    if (by === 0) { return ""; }
    var count = Math.abs(by).toLocaleString("en");
    return count + (by > 0 ? " more " : " fewer ") + (Math.abs(by) === 1 ? word : words);
  }

  // What is otherwise now than on this page, in words.
  function grown(now) {
    var parts = [
      more(now.reports, Number(seen.reports), "report", "reports"),
      more(now.events, Number(seen.events), "event", "events")
    ].filter(Boolean);
    if (parts.length) { return "The ledger has grown: " + parts.join(", ") + ". "; }
    return "The ledger has changed: something was read, decided or worked out anew. ";
  }

  function say(now) {
    var bar = document.getElementById("status");
    bar.textContent = grown(now);
    if (now.writing) { bar.append("A run is still writing. "); }
    if (now.waiting_to_be_worked_out) {
      bar.append(more(now.waiting_to_be_worked_out, 0, "decision", "decisions").replace(" more", "") + " not worked out yet. ");
    }
    var again = document.createElement("a");
    again.href = location.href;
    again.textContent = "Show this page anew";
    bar.append(again);
  }

  var told = head;
  function look() {
    if (document.hidden || document.getElementById("desk") !== null) { return; } // the desk tells of its own
    fetch("/live.json", { headers: { Accept: "application/json" }, cache: "no-store" })
      .then(function (answer) { return answer.ok ? answer.json() : null; })
      .then(function (now) {
        if (now === null || String(now.head) === told) { return; }
        told = String(now.head);
        say(now);
      })
      .catch(function () { /* the server is away; the page stays */ });
  }
  if (head !== undefined) { setInterval(look, EVERY); }
}());
