// The fields of the form on the page: their values, their boxes, what stands below them.
import { button, make, say, words } from "./page.js";

export const form = document.getElementById("field-form");

export function fieldsIn(place) {
  return [...place.querySelectorAll("input[name], select[name], textarea[name]")].filter(
    (field) => field.name !== "csrfmiddlewaretoken" && field.type !== "file" && !(field.type === "radio" && !field.checked),
  );
}

export function fieldNamed(name) {
  return form.querySelector(`[name="${CSS.escape(name)}"]`);
}

export function rowNamed(name) {
  return form.querySelector(`[data-row="${CSS.escape(name)}"]`);
}

export function rowOf(name) {
  return name.includes("-") ? name.slice(0, name.indexOf("-")) : "";
}

export function valueOf(field) {
  if (field.type === "checkbox") {
    return field.checked ? "on" : "";
  }
  return field.value;
}

// What a reader sees of the value.
export function textOf(field) {
  if (field.tagName === "SELECT") {
    return field.selectedOptions[0]?.textContent.trim() ?? "";
  }
  return valueOf(field);
}

export function setValue(field, value, text = value) {
  if (field.type === "checkbox") {
    field.checked = Boolean(value);
    return;
  }
  if (field.tagName === "SELECT" && value && ![...field.options].some((option) => option.value === value)) {
    field.append(new Option(text ?? value, value, true, true)); // of a list that is searched
  }
  field.value = value;
  if (field.matches(".select2-hidden-accessible")) {
    window.django?.jQuery?.(field).trigger("change.select2");
  }
}

export function boxOf(field) {
  return field.closest("[id^='div_']") || field.parentElement;
}

export function mark(element, state, text) {
  const box = element.matches("input, select, textarea") ? boxOf(element) : element;
  let note = box.querySelector(":scope > .field-state");
  if (!note) {
    note = make("p", "field-state");
    box.append(note);
  }
  box.dataset.state = state;
  note.replaceChildren(text);
  box.querySelector(":scope > .field-choice")?.remove();
}

// A list that is searched has nothing to search without a line: it says so where it stands.
export function sayWhatCannotBeSearched(hasLine) {
  for (const field of form.querySelectorAll("select.admin-autocomplete")) {
    const box = boxOf(field);
    const said = box.querySelector(":scope > .field-search-note");
    if (hasLine) {
      said?.remove();
    } else if (!said) {
      box.append(make("p", "field-state field-search-note", words.searchOffline));
    }
  }
}

// Both values, and one button for each; `choose(value, text)`.
export function offer(field, row, choose) {
  mark(field, "conflict", "");
  const box = make("div", "field-choice");
  box.setAttribute("role", "group");
  const list = make("dl");
  const shown = (value) => value || words.nothing;
  const nameOf = (value) => {
    const option = field.tagName === "SELECT" && [...field.options].find((each) => each.value === value);
    return option ? option.textContent.trim() : value;
  };
  const theirs = row.there.text ?? nameOf(row.there.value);
  for (const [label, value] of [
    [words.before, nameOf(row.base ?? "")],
    [words.here, row.text ?? row.value],
    [words.there, theirs],
  ]) {
    list.append(make("dt", "", label), make("dd", "", shown(value)));
  }
  box.append(list);
  box.append(button("field-button", words.keepMine, () => choose(row.value, row.text)));
  box.append(button("field-button", words.takeTheirs, () => choose(row.there.value, theirs)));
  boxOf(field).append(box);
}

// What a field says of its entry.
export function show(field, row, choose) {
  if (row.state === "conflict") {
    offer(field, row, choose);
  } else if (row.state === "refused") {
    mark(field, "refused", row.problem || words.refused);
  } else if (row.state === "waiting") {
    mark(field, "kept", words.kept);
  } else {
    mark(field, "saved", row.isNews ? say("changedThere", { value: row.text || row.value || words.nothing }) : words.safe);
  }
}

// Errors ---------------------------------------------------------------------------------------------

export function clearErrors(place) {
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

// The first place that has one.
export function showErrors(errors) {
  let first = null;
  for (const [name, sentences] of Object.entries(errors)) {
    const field = fieldNamed(name);
    if (field) {
      const note = make("p", "field-problem field-errors", sentences.join(" "));
      note.id = `${field.id || name}_problem`;
      boxOf(field).append(note);
      field.setAttribute("aria-invalid", "true");
      field.setAttribute("aria-describedby", note.id);
      first ??= field;
    } else {
      const note = form.querySelector(`[data-errors-of="${CSS.escape(name)}"]`) || form.querySelector('[data-errors-of=""]');
      note.textContent = sentences.join(" ");
      note.hidden = false;
      first ??= note;
    }
  }
  return first;
}

// Parts that are asked only where another answer calls for them.
export function showWhatApplies() {
  for (const part of form.querySelectorAll("[data-shown-if]")) {
    const [name, value] = part.dataset.shownIf.split("=");
    const field = fieldNamed(name);
    const hasRows = part.matches("section") && part.querySelector("[data-rows] > [data-row]");
    const box = part.matches("[data-row], section") ? part : boxOf(part);
    box.hidden = Boolean(field) && valueOf(field) !== value && !hasRows;
  }
  // A part of fixed rows of which none applies has no heading either.
  for (const part of form.querySelectorAll("section[data-part]:not([data-shown-if], [data-section])")) {
    const rows = [...part.querySelectorAll("[data-rows] > [data-row]")];
    const isFixed = !part.querySelector("[data-add-row]");
    part.hidden = isFixed && rows.every((row) => row.hidden);
  }
}
