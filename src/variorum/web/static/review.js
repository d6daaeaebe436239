// The review desk: a key presses the button that says so, and the next card takes the place of the one before.
// Without this script every button is there and sends its form.
(function () {
  "use strict";
  var keys = window.variorumKeys;
  var sending = false; // a key that is pressed before the next card is there decides nothing

  function desk() { return document.getElementById("desk"); }
  function shown(element) { return element.closest("details:not([open])") === null; }
  function all(selector) { return Array.prototype.slice.call(desk().querySelectorAll(selector)); }

  function press(act) {
    var button = all("[data-act='" + act + "']").find(function (one) { return !one.disabled; });
    if (button) { button.click(); }
  }
  function open(act) {
    var panel = desk().querySelector("[data-panel='" + act + "']");
    if (panel === null) { return; }
    if (panel.tagName === "DETAILS") {
      all("details[data-panel]").forEach(function (one) { one.open = one === panel; });
    }
    var first = panel.querySelector("[data-first]") || panel.querySelector("[data-choice]");
    if (first) { first.focus(); }
  }
  function choose(digit) {
    var choices = all("[data-choice='" + digit + "']").filter(shown);
    var within = choices.filter(function (one) { return one.closest("details[open]") !== null; });
    var choice = within[0] || choices[0];
    if (choice && !choice.disabled) { choice.click(); }
  }
  function act(name) {
    if (name === "comment") {
      var field = document.getElementById("because");
      if (field) { field.focus(); }
    } else if (["related", "split", "merge", "correct"].indexOf(name) >= 0) {
      open(name);
    } else if (["accept", "reject", "skip", "undo", "flag", "next", "previous"].indexOf(name) >= 0) {
      press(name);
    } else {
      return false;
    }
    return true;
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || desk() === null) { return; }
    var target = event.target;
    if (event.key === "Escape" && desk().contains(target)) {
      all("details[data-panel]").forEach(function (one) { one.open = false; });
      document.getElementById("card-head").focus();
      return;
    }
    if (keys.typing(target)) { return; }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { return; }
    if (keys.off()) { return; }
    // Space and Enter do what they do everywhere on a button, link or box that has the focus.
    if (event.key === " " && target.closest("button, a, summary, input") !== null) { return; }
    if (event.repeat || sending) { event.preventDefault(); return; }
    if (/^[1-9]$/.test(event.key)) {
      choose(event.key);
      event.preventDefault();
      return;
    }
    var name = event.key === "ArrowRight" ? "next" : event.key === "ArrowLeft" ? "previous" : keys.actOf(event.key);
    if (act(name)) { event.preventDefault(); }
  });

  // ---------------------------------------------------------------- what a card needs once it is there

  function dress() {
    var off = keys.off();
    all("[data-key-of]").forEach(function (one) {
      one.textContent = keys.label(one.dataset.keyOf);
      one.hidden = off && one.closest(".keys-switch") === null;
    });
    var box = document.getElementById("keys-on");
    box.checked = !off;
    box.closest("p").hidden = false;
  }
  function arrive() {
    sending = false;
    if (desk() === null) { return; }
    dress();
    if (desk().dataset.here) { history.replaceState(null, "", desk().dataset.here); }
    var head = document.getElementById("card-head");
    if (head) { head.focus(); }
  }

  document.addEventListener("change", function (event) {
    if (event.target.id === "keys-on") { keys.setOff(!event.target.checked); dress(); }
    if (event.target.matches("[data-merge-from]")) {
      all("[data-merge-event]").forEach(function (one) { one.value = event.target.value; });
    }
  });
  document.addEventListener("input", function (event) {
    if (event.target.id === "because") {
      all("[data-because]").forEach(function (one) { one.value = event.target.value; });
    }
  });
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.detail.target && event.detail.target.id === "desk") { sending = true; }
  });
  document.addEventListener("htmx:beforeSwap", function (event) {
    // Nothing was stored: the card comes back and says why.
    if ([400, 409, 410].indexOf(event.detail.xhr.status) >= 0 && event.detail.target.id === "desk") {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  // Settled: only then does htmx know the forms and links of the new card.
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.detail.requestConfig && event.detail.requestConfig.target && event.detail.requestConfig.target.id === "desk") {
      arrive();
    }
  });
  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (!sending) { return; }
      sending = false;
      var status = event.detail.xhr ? event.detail.xhr.status : 0;
      document.getElementById("status").textContent = status === 403
        ? "Not stored: this page is out of date. Load it again." : "Not stored: the server did not answer. Try again.";
    });
  });
  if (desk() !== null) { dress(); }
}());
