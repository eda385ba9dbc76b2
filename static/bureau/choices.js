// A choice with search bears the name of its field: the skin gives it that of what is chosen, and none where nothing is.
"use strict";

(() => {
  function name(container) {
    const label = container.previousElementSibling?.labels?.[0];
    const box = container.querySelector("[role=combobox]");
    const chosen = container.querySelector(".select2-selection__rendered[id]");
    if (!label || !box || !chosen) {
      return;
    }
    label.id ||= `label-of-${chosen.id}`;
    chosen.setAttribute("aria-labelledby", label.id);
    box.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
  }

  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      if (node instanceof Element && node.matches(".select2-container")) {
        name(node);
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
