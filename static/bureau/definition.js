// A choice of figure brings the form again with what that figure can be narrowed to.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const chosen = (event) => {
    const button = event.target.closest("form")?.querySelector("button[name=_choose]");
    if (button && ["of", "divided_by"].includes(event.target.name)) button.click();
  };
  document.addEventListener("change", chosen);
  // The searched choice tells of itself by jQuery alone.
  window.django?.jQuery?.(document).on("select2:select", chosen);
});
