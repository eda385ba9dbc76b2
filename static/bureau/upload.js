// The file may be dropped on the field; what is chosen is looked at before it travels. The plain field works without.
"use strict";

(() => {
  const zone = document.getElementById("drop-zone");
  const field = zone?.querySelector("input[type=file]");
  if (!field) {
    return;
  }
  const said = zone.querySelector("[data-said]");

  function say(text) {
    said.textContent = text;
    said.hidden = !text;
  }

  function look() {
    const [file] = field.files;
    say(file && file.size > Number(field.dataset.maxBytes) ? zone.dataset.tooLarge : "");
  }

  function isFile(event) {
    return [...(event.dataTransfer?.types ?? [])].includes("Files");
  }

  // Anywhere on the page: a file dropped beside the field would else replace the page.
  for (const type of ["dragenter", "dragover"]) {
    document.addEventListener(type, (event) => {
      if (isFile(event)) {
        event.preventDefault();
        zone.classList.add("is-over");
      }
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) {
      zone.classList.remove("is-over");
    }
  });
  document.addEventListener("drop", (event) => {
    if (!isFile(event)) {
      return;
    }
    event.preventDefault();
    zone.classList.remove("is-over");
    const { files } = event.dataTransfer;
    const first = new DataTransfer();
    first.items.add(files[0]);
    field.files = first.files;
    field.focus();
    look();
    if (files.length > 1) {
      say(zone.dataset.oneOnly);
    }
  });
  field.addEventListener("change", look);
})();
