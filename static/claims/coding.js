/* Deciding on codings: who types something else means it. */

"use strict";

(() => {
  const mean = (field) => {
    const own = field.closest(".own")?.querySelector("input[type=radio]");
    if (own && field !== own) own.checked = true;
  };
  document.addEventListener("input", (event) => mean(event.target));
  /* The field for the actor tells of its changes through jQuery alone. */
  window.django.jQuery(document).on("select2:select select2:clear", (event) => mean(event.target));
})();
