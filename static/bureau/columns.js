// While columns are assigned: which required ones are still missing, which are taken already, and which may have one
// value for all rows.
"use strict";

(() => {
  const form = document.getElementById("columns-form");
  if (!form) {
    return;
  }
  const choices = [...form.querySelectorAll(".mapping select")];
  const missing = document.getElementById("missing");
  const required = [...missing.querySelectorAll("[data-name]")];
  const constants = [...form.querySelectorAll("[data-constant]")];
  const labels = new Map();
  for (const option of choices[0]?.options ?? []) {
    labels.set(option.value, option.text);
  }

  function show() {
    const chosen = new Set(choices.map((choice) => choice.value));
    const taken = new Set(chosen);
    // A column for each month: its heading names the month.
    if (choices.some((choice) => choice.dataset.month && choice.value === form.dataset.monthValue)) {
      taken.add(form.dataset.monthName);
    }
    for (const constant of constants) {
      const field = constant.querySelector("input, select");
      // A field that is disabled is not sent: what a column of the file holds needs no other value.
      constant.hidden = field.disabled = taken.has(constant.dataset.constant);
      if (!field.disabled && field.value.trim()) {
        taken.add(constant.dataset.constant);
      }
    }
    for (const item of required) {
      item.hidden = taken.has(item.dataset.name);
    }
    missing.hidden = required.every((item) => item.hidden);
    for (const choice of choices) {
      choice.closest("tr").classList.toggle("is-unread", !choice.value);
      for (const option of choice.options) {
        const isElsewhere = option.value && option.value !== choice.value && chosen.has(option.value);
        option.text = (isElsewhere ? "✓ " : "") + labels.get(option.value);
      }
    }
  }

  form.addEventListener("change", show);
  window.addEventListener("pageshow", show); // the browser may have kept other choices
  // The names of what is missing or wrong lead to their fields, which may be folded away.
  form.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#id_"]');
    const field = link && document.getElementById(link.hash.slice(1));
    if (field) {
      event.preventDefault();
      field.closest("details")?.setAttribute("open", "");
      field.focus();
    }
  });
  show();
})();
