// Which key does what: the letters that a person chose are kept in this browser, and all of them can be switched off.
(function () {
  "use strict";
  // The same as pages/keys.py lists; a key is one sign, in small letters.
  var DEFAULTS = {
    accept: "a", reject: "x", related: "r", split: "s", merge: "m", correct: "e", skip: " ", undo: "u",
    next: "j", previous: "k", comment: "c", flag: "f", search: "/", go: "g", keys: "?"
  };
  var OFF = "variorum.keys", MAP = "variorum.keymap";

  function read(name) {
    try { return localStorage.getItem(name); } catch (error) { return null; }
  }
  function write(name, value) {
    try {
      if (value === null) { localStorage.removeItem(name); } else { localStorage.setItem(name, value); }
    } catch (error) { /* nothing is kept in this browser: the keys are as they come */ }
  }
  function chosen() {
    try {
      var found = JSON.parse(read(MAP) || "{}");
      return found !== null && typeof found === "object" ? found : {};
    } catch (error) { return {}; }
  }
  function keyOf(act) {
    var own = chosen()[act];
    return typeof own === "string" && own.length === 1 ? own : DEFAULTS[act];
  }

  window.variorumKeys = {
    ACTS: Object.keys(DEFAULTS),
    DEFAULTS: DEFAULTS,
    keyOf: keyOf,
    label: function (act) { var key = keyOf(act); return key === " " ? "Space" : key.toUpperCase(); },
    // Gives what a key does; nothing for a key that does nothing.
    actOf: function (key) {
      var small = key.length === 1 ? key.toLowerCase() : key;
      return Object.keys(DEFAULTS).find(function (act) { return keyOf(act) === small; }) || "";
    },
    off: function () { return read(OFF) === "off"; },
    setOff: function (off) { write(OFF, off ? "off" : null); },
    // Gives the act that has the key already, else nothing and the key is changed.
    set: function (act, key) {
      var small = key.toLowerCase();
      var other = Object.keys(DEFAULTS).find(function (one) { return one !== act && keyOf(one) === small; });
      if (other) { return other; }
      var map = chosen();
      map[act] = small;
      write(MAP, JSON.stringify(map));
      return "";
    },
    reset: function () { write(MAP, null); },
    // Text goes into fields; a letter is a key anywhere else.
    typing: function (target) {
      return target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") !== null;
    }
  };
}());
