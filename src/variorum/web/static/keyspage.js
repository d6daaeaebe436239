// The page of all keys: gives a key another letter, or switches all of them off.
(function () {
  "use strict";
  var keys = window.variorumKeys;
  var box = document.getElementById("keys-on");
  var status = document.getElementById("status");

  function dress() {
    document.querySelectorAll("[data-key-of]").forEach(function (one) { one.textContent = keys.label(one.dataset.keyOf); });
    document.querySelectorAll("[data-choose]").forEach(function (one) { one.value = keys.label(one.dataset.choose); });
    document.querySelectorAll(".choose").forEach(function (one) { one.hidden = false; });
    box.checked = !keys.off();
  }
  box.addEventListener("change", function () {
    keys.setOff(!box.checked);
    status.textContent = box.checked ? "Keys are on." : "Keys are off.";
  });
  document.getElementById("keys-reset").addEventListener("click", function () {
    keys.reset();
    dress();
    status.textContent = "All keys are as they came.";
  });
  document.addEventListener("keydown", function (event) {
    var act = event.target.dataset ? event.target.dataset.choose : undefined;
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) { return; }
    event.preventDefault();
    if (/[0-9]/.test(event.key)) {
      status.textContent = "Digits choose what is offered; take a letter or a sign.";
      return;
    }
    var other = keys.set(act, event.key);
    status.textContent = other
      ? "Not changed: " + keys.label(other) + " does something else already." : "Now it is " + keys.label(act) + ".";
    dress();
  });
  dress();
}());
