// The search inside a site in a folder. Words stand in scripts by their first letter, rows in scripts of some hundred; only
// those that are needed are loaded, as classic scripts: a page of a file may fetch nothing.
(function () {
  "use strict";
  const about = window.variorumInsideAbout, MOST = 50, BEGINS = 3; // letters from which a word finds longer ones
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const WORD = new RegExp("[" + UNSPACED + "]\\p{M}*|(?:(?![" + UNSPACED + "])[\\p{L}\\p{N}]\\p{M}*)+", "gu");
  const LETTERS = { "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ى": "ي", "ß": "ss", "ς": "σ" };
  const said = document.getElementById("inside-said"), list = document.getElementById("inside-found");
  const field = document.getElementById("search"), loaded = new Map(), words = new Map(), rows = new Map();

  // The form that all spellings of a word share, as ledger/words.py folds it.
  function fold(word) {
    const plain = Array.from(word.toLowerCase(), function (sign) { return LETTERS[sign] || sign; }).join("").normalize("NFKD");
    return Array.from(plain).filter(function (sign) { return /[\p{Ll}\p{Lu}\p{Lt}\p{Lo}\p{N}]/u.test(sign); }).join("").toLowerCase();
  }

  function shardOf(form) {
    const code = form.codePointAt(0);
    return code < 0x800 ? code.toString(16).padStart(4, "0") : "x" + (code >> 8).toString(16);
  }

  window.variorumInside = {
    words: function (shard, lines) { words.set(shard, lines); },
    rows: function (number, some) { rows.set(number, some); }
  };

  function load(name) {
    if (!loaded.has(name)) {
      loaded.set(name, new Promise(function (resolve, reject) {
        const script = document.createElement("script");
        script.src = document.body.dataset.root + "data/" + name + ".js";
        script.onload = resolve;
        script.onerror = function () { reject(new Error(name)); };
        document.head.append(script);
      }));
    }
    return loaded.get(name);
  }

  // The numbers of the rows that hold a word, or one that begins with it.
  function numbersOf(form) {
    const found = new Set();
    (words.get(shardOf(form)) || []).forEach(function (line) {
      if (line[0] !== form && !(Array.from(form).length >= BEGINS && line[0].startsWith(form))) { return; }
      let number = 0;
      line.slice(1).forEach(function (step) { number += step; found.add(number); });
    });
    return found;
  }

  function make(name, text, look) {
    const one = document.createElement(name);
    if (text) { one.textContent = text; }
    Object.keys(look || {}).forEach(function (key) { one.setAttribute(key, look[key]); });
    return one;
  }

  // Put words into an element, those that are looked for marked. Only text goes in, never markup.
  function put(into, text, forms) {
    const span = make("bdi", "", { dir: "auto" });
    let reached = 0;
    Array.from(text.matchAll(WORD)).forEach(function (match) {
      const own = fold(match[0]);
      if (!forms.some(function (form) { return own === form || (Array.from(form).length >= BEGINS && own.startsWith(form)); })) { return; }
      span.append(text.slice(reached, match.index), make("mark", match[0], { class: "quote" }));
      reached = match.index + match[0].length;
    });
    span.append(text.slice(reached));
    into.append(span);
  }

  function event(label) { return make("a", label, { href: "events/" + label + ".html" }); }

  const DRAW = {
    e: function (row, forms, item) { // label, title, place, day
      const link = make("a", "", { href: "events/" + row[1] + ".html" });
      put(link, row[2], forms);
      item.append(link, " ", make("small", row[1] + (row[4] ? " · " + row[4] : "") + (row[3] ? " · " : "")));
      put(item.lastChild, row[3], forms);
    },
    q: function (row, forms, item) { // event, report, claim, quote, source, outlet
      item.append("“");
      const link = make("a", "", { href: "reports/" + row[2] + ".html#" + row[3] });
      put(link, row[4], forms);
      item.append(link, "” ");
      const who = make("small");
      if (row[5]) { put(who, row[5], forms); who.append(" · "); }
      if (row[6]) { put(who, row[6], forms); who.append(", "); }
      who.append(row[2] + " · ", event(row[1]));
      item.append(who);
    },
    r: function (row, forms, item) { // label, title, outlet, day
      const link = make("a", "", { href: "reports/" + row[1] + ".html" });
      put(link, row[2] || "no title", forms);
      item.append(link, " ");
      const who = make("small", row[1] + (row[4] ? " · " + row[4] : "") + (row[3] ? " · " : ""));
      put(who, row[3], forms);
      item.append(who);
    }
  };

  function show(numbers, forms, shown) {
    const wanted = numbers.slice(0, shown), parts = new Set(wanted.map(function (n) { return Math.floor(n / about.each); }));
    return Promise.all(Array.from(parts, function (part) { return load("rows-" + part); })).then(function () {
      const groups = { e: make("ul"), q: make("ul"), r: make("ul") };
      wanted.forEach(function (number) {
        const row = rows.get(Math.floor(number / about.each))[number % about.each], item = make("li");
        DRAW[row[0]](row, forms, item);
        groups[row[0]].append(item);
      });
      list.replaceChildren();
      [["e", "Events"], ["q", "Quotes"], ["r", "Reports"]].forEach(function (kind) {
        if (groups[kind[0]].childElementCount) { list.append(make("h2", kind[1]), groups[kind[0]]); }
      });
      if (numbers.length > shown) {
        const more = make("button", "Show more", { type: "button" });
        more.addEventListener("click", function () { show(numbers, forms, shown + 4 * MOST); });
        list.append(more);
      }
    });
  }

  let turn = 0;
  function look() {
    const forms = Array.from(new Set(Array.from(field.value.matchAll(WORD), function (match) { return fold(match[0]); }).filter(Boolean)));
    const mine = (turn += 1);
    list.replaceChildren();
    if (!forms.length) {
      said.textContent = (field.value.trim() ? "Such signs are not searched for. " : "") + "Type a word of a title, a quote, a source, an outlet or a place.";
      return Promise.resolve();
    }
    const shards = Array.from(new Set(forms.map(shardOf))).filter(function (shard) { return about.shards.includes(shard); });
    return Promise.all(shards.map(function (shard) { return load("words-" + shard); })).then(function () {
      if (mine !== turn) { return null; }
      const sets = forms.map(numbersOf);
      const numbers = Array.from(sets[0]).filter(function (number) { return sets.every(function (one) { return one.has(number); }); });
      numbers.sort(function (one, other) { return one - other; });
      said.textContent = numbers.length === 0 ? "Nothing holds " + (forms.length > 1 ? "all these words" : "this word") + (forms.some(function (form) { return Array.from(form).length > BEGINS; }) ? "; fewer letters find more." : ".")
        : "Found " + numbers.length.toLocaleString("en") + (numbers.length === 1 ? " time." : " times.");
      return show(numbers, forms, MOST);
    }).catch(function () { said.textContent = "A file of the search is missing from this copy."; });
  }

  // Look for what the address asks for: behind its #, or after the ? with which another page sent it.
  function follow() {
    const behind = new URLSearchParams(location.hash.slice(1)), sent = new URLSearchParams(location.search);
    field.value = behind.get("q") || (location.hash.startsWith("#q=") ? "" : sent.get("q")) || "";
    return look();
  }

  document.getElementById("inside").addEventListener("submit", function (event) {
    const hash = "#q=" + encodeURIComponent(field.value);
    event.preventDefault();
    if (location.hash === hash) { look(); } else { location.hash = hash; } // an entry of the history, and then `follow`
  });
  window.addEventListener("hashchange", function () { if (location.hash === "" || location.hash.startsWith("#q=")) { follow(); } });
  (location.hash || location.search ? follow() : Promise.resolve()).then(function () { document.body.dataset.inside = "ready"; });
}());
