// A form whose parts are pages of their own: one is shown at a time, and the list says how far each has come.
import { fieldsIn, form, valueOf } from "./fields.js";
import { say } from "./page.js";

const nav = document.getElementById("field-sections");
const pages = [...form.querySelectorAll("section[data-section]")];

export const hasSections = Boolean(nav);

function linkOf(name) {
  return nav.querySelector(`a[data-to="${CSS.escape(name)}"]`);
}

// Shows the section in which an element stands.
export function reveal(element) {
  const page = hasSections && element?.closest("section[data-section]");
  if (page && page.hidden) {
    show(page.dataset.section);
  }
}

export function show(name, { focuses = false } = {}) {
  const wanted = pages.find((page) => page.dataset.section === name) ?? pages[0];
  for (const page of pages) {
    page.hidden = page !== wanted;
    const link = linkOf(page.dataset.section);
    page === wanted ? link.setAttribute("aria-current", "step") : link.removeAttribute("aria-current");
  }
  const place = pages.indexOf(wanted);
  const [back, on] = ["field-back", "field-on"].map((id) => document.getElementById(id));
  back.hidden = place === 0;
  on.hidden = place === pages.length - 1;
  form.querySelector("[data-end]").hidden = place !== pages.length - 1;
  linkOf(wanted.dataset.section).scrollIntoView({ block: "nearest", inline: "center" });
  if (focuses) {
    wanted.querySelector(".field-heading")?.focus();
    window.scrollTo(0, 0);
  }
}

function step(by) {
  const place = pages.findIndex((page) => !page.hidden) + by;
  location.hash = pages[place].dataset.section;
}

// "#meter" is a section, "#meter.5" a row in it.
export function start(openRow) {
  if (!hasSections) {
    return;
  }
  const follow = (event) => {
    const [, name, key] = decodeURIComponent(location.hash).match(/^#([a-z_]+)(?:\.(\w+))?$/) ?? [];
    show(name ?? pages[0].dataset.section, { focuses: Boolean(event) });
    if (key) {
      openRow(`${name}.${key}`);
    }
  };
  window.addEventListener("hashchange", follow);
  document.getElementById("field-back").addEventListener("click", () => step(-1));
  document.getElementById("field-on").addEventListener("click", () => step(1));
  follow();
}

// Of the line of a folded row, of a row, or of a field.
function isAnswered(unit) {
  if (unit.dataset.line) {
    return unit.hasAttribute("data-is-done");
  }
  return unit.matches("[data-row]") ? fieldsIn(unit).some(valueOf) : Boolean(valueOf(unit));
}

// How many rows, or fields of a section without rows, have an answer, and of how many.
export function showProgress() {
  for (const page of hasSections ? pages : []) {
    const lines = [...page.querySelectorAll("[data-line]")];
    const rows = [...page.querySelectorAll("[data-rows] > [data-row]")];
    const units = lines.length || rows.length || page.matches("[data-part]") ? [...lines, ...rows] : fieldsIn(page);
    const done = units.filter(isAnswered);
    const isOwn = page.querySelector("[data-add-row]");
    const said = isOwn ? String(rows.length || "") : say("progress", { done: done.length, all: units.length });
    const link = linkOf(page.dataset.section);
    link.querySelector("[data-progress]").textContent = said;
    link.toggleAttribute("data-is-done", !isOwn && units.length > 0 && done.length === units.length);
    link.toggleAttribute("data-has-problem", Boolean(page.querySelector("[aria-invalid], [data-state=conflict], [data-state=refused], [data-errors-of]:not([hidden])")));
  }
}
