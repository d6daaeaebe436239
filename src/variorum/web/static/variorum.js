// What every page does beyond reading: `/` searches, G and a letter goes somewhere, and a bar says that the ledger grew.
// Reading needs none of it.
(function () {
  "use strict";
  var PLACES = { e: "/", r: "/review", m: "/map", t: "/timeline", s: "/sources", h: "/history" };
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
    } else if (act === "keys") {
      event.preventDefault();
      location.href = "/keys";
    }
  });

  var head = document.body.dataset.head;
  function look() {
    if (document.hidden || document.getElementById("desk") !== null) { return; } // the desk tells of its own
    fetch("/live.json", { headers: { Accept: "application/json" }, cache: "no-store" })
      .then(function (answer) { return answer.ok ? answer.json() : null; })
      .then(function (now) {
        if (now === null || String(now.head) === head) { return; }
        head = String(now.head);
        var bar = document.getElementById("status");
        bar.textContent = "The ledger has grown: " + now.reports + " reports, " + now.events + " events now. ";
        var again = document.createElement("a");
        again.href = location.href;
        again.textContent = "Show this page anew";
        bar.append(again);
      })
      .catch(function () { /* the server is away; the page stays */ });
  }
  if (head !== undefined) { setInterval(look, EVERY); }
}());
