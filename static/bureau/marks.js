// The list of marks: shows the rows that hold all the words searched for, and copies a mark that is clicked. Without
// this script the list is whole, and a mark is copied as any other text.
"use strict";

(() => {
  const field = document.getElementById("mark-search");
  if (!field) {
    return;
  }
  const rows = [...document.querySelectorAll(".mark-table tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const said = field.parentElement.querySelector("[role=status]");
  field.parentElement.hidden = false;

  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    rows.forEach((row, place) => {
      row.hidden = !words.every((word) => texts[place].includes(word));
    });
    document.querySelectorAll(".mark-section").forEach((section) => {
      section.hidden = !section.querySelector("tbody tr:not([hidden])");
    });
    said.textContent = rows.every((row) => row.hidden) ? said.dataset.none : "";
  });

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("code.mark");
    if (!mark || !navigator.clipboard) {
      return;
    }
    navigator.clipboard.writeText(mark.textContent).then(() => {
      mark.classList.add("is-copied");
      setTimeout(() => mark.classList.remove("is-copied"), 1200);
    });
  });
})();
