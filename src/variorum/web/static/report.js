// On the page of a report: the words that are selected become the words of a new claim, with their place in the text.
// Places are counted in code points, as the ledger counts; a browser counts UTF-16 units, and one emoji would shift all.
(function () {
  "use strict";
  var report = document.getElementById("report");
  var bar = document.getElementById("selected");
  var form = document.getElementById("new-claim-form");
  if (report === null || bar === null || form === null || form.elements.words === undefined) { return; }

  // The text of a node as it stands in the report: claim numbers are not of it, and a sign written out is one sign.
  function read(node) {
    if (node.nodeType === Node.TEXT_NODE) { return node.data; }
    if (node.nodeType !== Node.ELEMENT_NODE || node.hasAttribute("data-not-text")) { return ""; }
    if (node.dataset.sign) { return String.fromCodePoint(parseInt(node.dataset.sign, 16)); }
    return Array.from(node.childNodes, read).join("");
  }

  // The text of a block before a place in it.
  function before(block, node, offset) {
    var text = "";
    for (var at = node; at !== block; at = at.parentNode) {
      var told = at.nodeType === Node.ELEMENT_NODE && (at.hasAttribute("data-not-text") || at.dataset.sign);
      if (told) { text = ""; } // a place inside a number or a sign written out is the place before it
      if (at === node && !told) { text = inside(node, offset); }
      for (var prior = at.previousSibling; prior !== null; prior = prior.previousSibling) { text = read(prior) + text; }
    }
    return node === block ? inside(block, offset) : text;
  }

  function inside(node, offset) {
    if (node.nodeType === Node.TEXT_NODE) { return node.data.slice(0, offset); }
    return Array.from(node.childNodes).slice(0, offset).map(read).join("");
  }

  function points(text) { return [...text].length; }

  // The place in the report's text, in code points, of one end of a selection; null where it is not in the text.
  function place(node, offset) {
    var element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    var block = element === null ? null : element.closest("[data-start]");
    if (block === null) { return null; }
    return Number(block.dataset.start) + points(before(block, node, offset));
  }

  // The words between two places; between two blocks stand line breaks.
  function words(start, end) {
    var text = "";
    var last = null;
    report.querySelectorAll("[data-start]").forEach(function (block) {
      var from = Number(block.dataset.start);
      var to = Number(block.dataset.end);
      if (to <= start || from >= end) { return; }
      if (last !== null) { text += "\n".repeat(from - last); }
      text += [...read(block)].slice(Math.max(0, start - from), end - from).join("");
      last = to;
    });
    return text;
  }

  var chosen = null;

  function choose() {
    var selection = document.getSelection();
    chosen = null;
    if (selection.rangeCount > 0 && !selection.isCollapsed) {
      var range = selection.getRangeAt(0);
      var start = place(range.startContainer, range.startOffset);
      var end = place(range.endContainer, range.endOffset);
      if (start !== null && end !== null && start < end) {
        var text = words(start, end);
        var kept = [...text];
        while (kept.length > 0 && kept[0].trim() === "") { kept.shift(); start += 1; }
        while (kept.length > 0 && kept[kept.length - 1].trim() === "") { kept.pop(); end -= 1; }
        if (kept.length > 0) { chosen = { start: start, end: end, words: kept.join("") }; }
      }
    }
    bar.hidden = chosen === null;
    if (chosen !== null) {
      var shown = [...chosen.words];
      document.getElementById("selected-words").textContent =
        "“" + (shown.length > 60 ? shown.slice(0, 60).join("") + "…" : chosen.words) + "” [" + chosen.start + ":" + chosen.end + "]";
    }
  }

  document.addEventListener("selectionchange", choose);
  document.addEventListener("selectstart", function (event) {
    var target = event.target.nodeType === Node.ELEMENT_NODE ? event.target : event.target.parentElement;
    report.classList.toggle("selecting", target !== null && target.closest("[data-start]") !== null);
  });

  var start = document.getElementById("claim-start");
  var end = document.getElementById("claim-end");
  var hint = document.getElementById("claim-place");
  var asGiven = hint.textContent;

  document.getElementById("use-selection").addEventListener("click", function () {
    if (chosen === null) { return; }
    form.elements.words.value = chosen.words;
    start.value = String(chosen.start);
    end.value = String(chosen.end);
    hint.textContent = "Characters " + chosen.start + " to " + chosen.end + " of the text.";
    document.getElementById("new-claim").scrollIntoView({ block: "nearest" });
    form.elements.prop.focus();
  });

  // Words that are typed over are looked for in the text again.
  form.elements.words.addEventListener("input", function () {
    start.value = "";
    end.value = "";
    hint.textContent = asGiven;
  });
}());
