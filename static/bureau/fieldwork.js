// A field form: what is entered is sent field by field, in order, again and again until the server has it.
"use strict";

(() => {
  const page = document.getElementById("field-form");
  if (!page) {
    return;
  }
  const words = page.dataset;
  const status = document.getElementById("field-status");
  const versions = JSON.parse(document.getElementById("field-versions").textContent);
  // What waits to be sent, by what it is about: a newer value of a field takes the older one's place.
  const waiting = new Map();
  let isSending = false;
  let reloads = false;
  let wait = 1000;
  let timer = 0;

  // randomUUID is there on HTTPS only; an intranet may have none.
  function uuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }

  const isNew = !words.draft;
  const draft = words.draft || uuid();
  const base = `${words.base}${draft}/`;
  let isBegun = !isNew;

  function begin() {
    if (isBegun) {
      return;
    }
    isBegun = true;
    history.replaceState(null, "", base);
    for (const field of fieldsIn(page)) {
      if (valueOf(field)) {
        keep(field);
      }
    }
  }

  // What the page shows ------------------------------------------------------------------------------

  function say(state, text) {
    status.dataset.state = state;
    status.textContent = text;
  }

  function mark(field, state, text) {
    const box = boxOf(field);
    let note = box.querySelector(":scope > .field-state");
    if (!note) {
      note = document.createElement("p");
      note.className = "field-state";
      box.append(note);
    }
    box.dataset.state = state;
    note.textContent = text;
  }

  function boxOf(field) {
    return field.closest("[id^='div_']") || field.parentElement;
  }

  function nameOf(field) {
    return field.name;
  }

  function fieldsIn(place) {
    return [...place.querySelectorAll("input[name], select[name], textarea[name]")].filter(
      (field) => field.name !== "csrfmiddlewaretoken" && !(field.type === "radio" && !field.checked),
    );
  }

  function fieldNamed(name) {
    return page.querySelector(`[name="${CSS.escape(name)}"]`);
  }

  function valueOf(field) {
    if (field.type === "checkbox") {
      return field.checked ? "on" : "";
    }
    return field.value;
  }

  function setValue(field, value) {
    if (field.type === "checkbox") {
      field.checked = Boolean(value);
    } else {
      field.value = value;
    }
  }

  function clearErrors(place) {
    for (const list of place.querySelectorAll(".field-errors")) {
      list.remove();
    }
    for (const note of place.querySelectorAll("[data-errors-of]")) {
      note.hidden = true;
    }
    for (const field of place.querySelectorAll("[aria-invalid]")) {
      field.removeAttribute("aria-invalid");
    }
  }

  function showErrors(errors, place) {
    clearErrors(place);
    let first = null;
    for (const [name, sentences] of Object.entries(errors)) {
      const field = fieldNamed(name);
      if (field) {
        const note = document.createElement("p");
        note.className = "field-problem field-errors";
        note.textContent = sentences.join(" ");
        boxOf(field).append(note);
        field.setAttribute("aria-invalid", "true");
        first = first || field;
      } else {
        const note = page.querySelector(`[data-errors-of="${CSS.escape(name)}"]`) || page.querySelector('[data-errors-of=""]');
        note.textContent = sentences.join(" ");
        note.hidden = false;
        first = first || note;
      }
    }
    return first;
  }

  // Parts that are asked only where another answer calls for them.
  function showWhatApplies() {
    for (const part of page.querySelectorAll("[data-shown-if]")) {
      const [name, value] = part.dataset.shownIf.split("=");
      const field = fieldNamed(name);
      const hasRows = part.matches("section") && part.querySelector("[data-rows] > [data-row]");
      const box = part.matches("[data-row], section") ? part : boxOf(part);
      box.hidden = Boolean(field) && valueOf(field) !== value && !hasRows;
    }
    // A part of fixed rows of which none applies has no heading either.
    for (const part of page.querySelectorAll("section[data-part]:not([data-shown-if])")) {
      const rows = [...part.querySelectorAll("[data-rows] > [data-row]")];
      const isFixed = !part.querySelector("[data-add-row]");
      part.hidden = isFixed && rows.every((row) => row.hidden);
    }
  }

  // Sending ------------------------------------------------------------------------------------------

  function token() {
    return document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
  }

  async function post(path, values) {
    const body = new FormData();
    for (const [name, value] of Object.entries(values)) {
      body.append(name, value);
    }
    const answer = await fetch(base + path, {
      method: "POST",
      body,
      redirect: "manual",
      headers: { Accept: "application/json", "X-CSRFToken": token() },
    });
    if (answer.type === "opaqueredirect") {
      throw new Error("logged out");
    }
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    if (!isJson && answer.status !== 404 && answer.status !== 400) {
      throw new Error(answer.status === 403 ? "logged out" : String(answer.status));
    }
    return { status: answer.status, data: isJson ? await answer.json() : {} };
  }

  function add(key, task) {
    waiting.set(key, task);
    say("unsaved", words.unsaved);
    send();
  }

  function keep(field) {
    const name = nameOf(field);
    const value = valueOf(field);
    mark(field, "unsaved", words.saving);
    add(`value ${name}`, {
      about: field,
      run: ((edit) => async () => {
        const { status: code, data } = await post("value/", { name, value, edit, seen: versions[name] ?? 0 });
        if (code === 409 && data.version) {
          versions[name] = data.version;
          offer(field, data.value);
          return;
        }
        if (code !== 200) {
          refuse(field, data);
          return;
        }
        versions[name] = data.version;
        mark(field, "saved", words.saved);
        const row = field.closest("[data-row]") || field.closest("section");
        showErrors(data.errors, row);
        if ("reloads" in field.dataset) {
          reloads = true;
        }
      })(uuid()),
    });
  }

  // Another device changed the field: what it entered stands until one of the two is chosen.
  function offer(field, value) {
    mark(field, "overtaken", `${words.overtaken} ${value} `);
    const take = document.createElement("button");
    take.type = "button";
    take.className = "field-link";
    take.textContent = words.take;
    take.addEventListener("click", () => {
      setValue(field, value);
      mark(field, "saved", words.saved);
      showWhatApplies();
    });
    boxOf(field).querySelector(":scope > .field-state").append(take);
  }

  function refuse(field, data) {
    if (data.url) {
      isLeaving = true;
      location.assign(data.url);
    }
    mark(field, "refused", data.problem || words.refused);
  }

  async function send() {
    if (isSending) {
      return;
    }
    isSending = true;
    clearTimeout(timer);
    say("unsaved", words.saving);
    try {
      while (waiting.size) {
        const [key, task] = waiting.entries().next().value;
        await task.run();
        if (waiting.get(key) === task) {
          waiting.delete(key);
        }
        wait = 1000;
      }
      const refused = page.querySelector("[data-state=refused], [data-state=overtaken]");
      if (reloads) {
        location.reload();
      }
      say(refused ? "unsaved" : "saved", refused ? words.unsaved : words.saved);
    } catch (problem) {
      say("retrying", problem.message === "logged out" ? words.loggedOut : words.retrying);
      for (const task of waiting.values()) {
        mark(task.about, "unsaved", words.unsaved);
      }
      timer = setTimeout(send, wait);
      wait = Math.min(wait * 2, 15000);
    }
    isSending = false;
  }

  window.addEventListener("online", () => {
    wait = 1000;
    send();
  });

  // Fields -------------------------------------------------------------------------------------------

  function changed(event) {
    const field = event.target;
    if (!field.name || field.type === "file" || field.closest("#field-discard")) {
      return;
    }
    begin();
    keep(field);
    showWhatApplies();
  }

  page.addEventListener("change", changed);
  // The list that is searched tells its changes to jQuery only.
  if (window.django?.jQuery) {
    window.django.jQuery(page).on("select2:select select2:clear", "select", (event) => changed({ target: event.target }));
  }

  // Rows ---------------------------------------------------------------------------------------------

  page.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) {
      return;
    }
    if (button.matches("[data-add-row]")) {
      addRow(button.closest("section"));
    } else if (button.matches("[data-remove-row]")) {
      removeRow(button.closest("[data-row]"));
    } else if (button.matches("[data-remove-photo]")) {
      removePhoto(button.closest("[data-photo]"));
    }
  });

  function addRow(section) {
    const pattern = section.querySelector("template");
    const holder = document.createElement("div");
    holder.innerHTML = pattern.innerHTML.replaceAll("__row__", uuid().replaceAll("-", ""));
    const row = holder.firstElementChild;
    section.querySelector("[data-rows]").append(row);
    window.django?.jQuery?.(row).find(".admin-autocomplete").djangoAdminSelect2?.();
    row.querySelector("input, select, textarea")?.focus();
    // What the row begins with is an answer too.
    begin();
    for (const field of fieldsIn(row)) {
      if (valueOf(field)) {
        keep(field);
      }
    }
  }

  function removeRow(row) {
    const isFilled = fieldsIn(row).some((field) => valueOf(field)) || row.querySelector("[data-photo]");
    if (isFilled && !confirm(words.really)) {
      return;
    }
    const name = row.dataset.row;
    for (const key of [...waiting.keys()]) {
      if (key.startsWith(`value ${name}-`) || key.startsWith(`photo ${name} `)) {
        waiting.delete(key);
      }
    }
    row.remove();
    showWhatApplies();
    if (isBegun) {
      add(`row ${name}`, { about: status, run: () => post("remove-row/", { row: name }) });
    }
  }

  // Photos -------------------------------------------------------------------------------------------

  page.addEventListener("change", (event) => {
    if (!event.target.matches("[data-add-photo]")) {
      return;
    }
    begin();
    const holder = event.target.closest("[data-photos]");
    for (const file of event.target.files) {
      addPhoto(holder, file);
    }
    event.target.value = "";
  });

  function addPhoto(holder, file) {
    const item = document.createElement("li");
    const note = document.createElement("span");
    note.textContent = file.name;
    item.append(note);
    holder.querySelector("ul").append(item);
    if (file.size > Number(words.maxBytes)) {
      mark(note, "refused", words.tooLarge);
      item.append(removeButton());
      item.dataset.photo = "";
      return;
    }
    const photo = uuid();
    item.dataset.photo = photo;
    mark(note, "unsaved", words.saving);
    add(`photo ${holder.dataset.photos} ${photo}`, {
      about: note,
      run: async () => {
        const { status: code, data } = await post("photos/", { photo, row: holder.dataset.photos, file });
        item.append(removeButton());
        if (code !== 200) {
          item.dataset.photo = "";
          refuse(note, data);
          return;
        }
        const picture = document.createElement("img");
        picture.src = `${base}photos/${photo}/`;
        picture.alt = file.name;
        item.prepend(picture);
        mark(note, "saved", words.saved);
      },
    });
  }

  function removeButton() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "field-remove";
    button.dataset.removePhoto = "";
    button.textContent = words.removePhoto;
    return button;
  }

  function removePhoto(item) {
    const photo = item.dataset.photo;
    item.remove();
    if (photo) {
      add(`removal ${photo}`, { about: status, run: () => post(`photos/${photo}/remove/`, {}) });
    } else if (!waiting.size) {
      send();
    }
  }

  // The end ------------------------------------------------------------------------------------------

  let isLeaving = false;
  const submit = document.getElementById("field-submit");

  submit.addEventListener("click", async () => {
    begin();
    if (document.activeElement instanceof HTMLElement) {
      document.activeElement.blur(); // the field that one is in is left by that
    }
    submit.disabled = true;
    add("submit", {
      about: status,
      run: async () => {
        const { status: code, data } = await post("submit/", {});
        if (code === 200 || data.url) {
          isLeaving = true;
          location.assign(data.url);
          return;
        }
        submit.disabled = false;
        const first = showErrors(data.errors || { "": [data.problem || words.refused] }, page);
        status.dataset.state = "refused";
        status.textContent = words.problems;
        first?.scrollIntoView({ block: "center" });
        throwAway();
      },
    });
  });

  // The sentence on what is wrong stays until the next change.
  function throwAway() {
    const text = status.textContent;
    setTimeout(() => say("refused", text), 0);
  }

  const discard = document.getElementById("field-discard");
  discard.addEventListener("submit", (event) => {
    if (!confirm(words.discardReally)) {
      event.preventDefault();
      return;
    }
    isLeaving = true;
    if (!isBegun) {
      event.preventDefault();
      location.assign(words.base.replace(/[^/]+\/$/, ""));
      return;
    }
    waiting.clear();
    discard.action = `${base}discard/`;
  });

  window.addEventListener("beforeunload", (event) => {
    if (waiting.size && !isLeaving) {
      event.preventDefault();
    }
  });

  showWhatApplies();
})();
