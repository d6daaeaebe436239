// The number of an event that a row of the list, a pin or a mark on the line of time bears, and what is pointed at.
(function () {
  "use strict";

  function numberOf(target) {
    const row = target.closest && target.closest("[data-number]"), link = target.closest && target.closest('#strip a[*|href^="#e"]');
    return row ? Number(row.dataset.number) : link ? Number(link.getAttribute("href").slice(2)) : null;
  }

  // Calls `highlight` with the number of each event that the pointer or the focus comes to.
  function follow(highlight) {
    ["mouseover", "focusin"].forEach(function (name) {
      document.addEventListener(name, function (event) {
        const number = numberOf(event.target);
        if (number !== null) { highlight(number); }
      });
    });
  }

  window.variorumNumbered = { numberOf: numberOf, follow: follow };
}());
