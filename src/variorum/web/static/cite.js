// Buttons that copy a citation; without this script the words are selected and copied by hand.
(function () {
  "use strict";
  document.querySelectorAll(".copy-area").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var area = document.getElementById(button.dataset.of);
      area.select();
      var done = navigator.clipboard ? navigator.clipboard.writeText(area.value) : Promise.reject();
      done.catch(function () { return document.execCommand("copy") ? null : Promise.reject(); }).then(
        function () { document.getElementById("status").textContent = "Copied."; },
        function () { document.getElementById("status").textContent = "Selected: copy it with Ctrl-C."; }
      );
    });
  });
}());
