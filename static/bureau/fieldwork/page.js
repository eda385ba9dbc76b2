// What every page of fieldwork knows: whose it is, of which edition, and what to say.
const about = document.getElementById("field-app").dataset;

export const words = JSON.parse(document.getElementById("field-words").textContent);
export const person = about.person;
export const personName = about.personName;
export const edition = about.edition;
export const base = about.base;
export const workerUrl = about.worker;
export const loginUrl = `${about.login}?next=`;

// The words under a key, with {names} filled in.
export function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

export function time(at) {
  const date = at instanceof Date ? at : new Date(at);
  const two = (number) => String(number).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

export function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export function make(tag, className = "", text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

export function button(className, text, act) {
  const made = make("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

export function draftPath(draft) {
  return `${base}${draft.form}/${draft.id}/`;
}

// Where the draft opens: with the query, as long as the server does not have it.
export function draftUrl(draft) {
  return draftPath(draft) + (draft.query && !draft.revision ? `?${draft.query}` : "");
}
