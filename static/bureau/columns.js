// While columns are assigned: which required ones are still missing, and which are taken already.
"use strict";

(() => {
  const form = document.getElementById("columns-form");
  if (!form) {
    return;
  }
  const choices = [...form.querySelectorAll(".mapping select")];
  const missing = document.getElementById("missing");
  const required = [...missing.querySelectorAll("[data-name]")];
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
  show();
})();
