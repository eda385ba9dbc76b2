// Parts of a thousand rows: each is a line that can be searched, and its fields are drawn when it is opened.
import { fieldsIn, form, rowOf, setValue } from "./fields.js";
import { button, make, say, words } from "./page.js";

const parts = new Map(); // by name: {section, rows: Map, values, photos}

for (const section of form.querySelectorAll("section[data-folded]")) {
  const { rows, values, photos } = JSON.parse(section.querySelector("script").textContent);
  parts.set(section.dataset.part, { section, rows: new Map(rows.map(([key, ...told]) => [key, told])), values, photos });
}

function partOf(row) {
  return parts.get(row.split(".")[0]);
}

function lineOf(row) {
  return form.querySelector(`[data-line="${CSS.escape(row)}"]`);
}

// Whether the row is one of these; its fields may not be there yet.
export function isFolded(row) {
  return Boolean(partOf(row)?.rows.has(row.slice(row.indexOf(".") + 1)));
}

export function isOpen(row) {
  return Boolean(lineOf(row)?.querySelector("[data-row]"));
}

// What the page has from the server of fields that are not drawn.
export function knownValues() {
  return [...parts.values()].flatMap(({ values }) => Object.entries(values));
}

export function draw() {
  for (const [name, part] of parts) {
    const list = part.section.querySelector("[data-rows]");
    for (const [key, [label, about]] of part.rows) {
      const line = make("div", "field-line");
      line.dataset.line = `${name}.${key}`;
      line.dataset.search = `${label} ${about}`.toLowerCase();
      const opener = button("field-opener", "", () => toggle(line.dataset.line));
      opener.setAttribute("aria-expanded", "false");
      opener.append(make("strong", "", label), make("span", "quiet", about), make("span", "field-line-state"));
      line.append(opener);
      list.append(line);
    }
    part.section.querySelector("[data-search-rows]")?.addEventListener("input", (event) => search(part, event.target.value));
    part.section.querySelector("[data-only-open]")?.addEventListener("change", () => search(part));
  }
}

// Lines with all of the words; `left` are those without an answer.
function search(part, text = part.section.querySelector("[data-search-rows]").value) {
  const wanted = text.toLowerCase().split(/\s+/).filter(Boolean);
  const isLeftOnly = part.section.querySelector("[data-only-open]")?.checked;
  let count = 0;
  for (const line of part.section.querySelectorAll("[data-line]")) {
    line.hidden = !wanted.every((word) => line.dataset.search.includes(word)) || Boolean(isLeftOnly && line.dataset.isDone);
    count += line.hidden ? 0 : 1;
  }
  part.section.querySelector("[data-found-rows]").textContent = say("foundRows", { count, all: part.rows.size });
}

let whenOpened = () => {};

export function onOpen(act) {
  whenOpened = act;
}

// Draws the fields of a row, with what the server had of them.
export function open(row) {
  const line = lineOf(row);
  if (!line || isOpen(row)) {
    return line;
  }
  const { section, values, photos } = partOf(row);
  const key = row.slice(row.indexOf(".") + 1);
  const holder = make("div");
  holder.innerHTML = section.querySelector("template").innerHTML.replaceAll("__row__", key);
  const drawn = holder.firstElementChild;
  drawn.setAttribute("aria-label", line.querySelector("strong").textContent);
  line.append(drawn);
  line.querySelector("button").setAttribute("aria-expanded", "true");
  for (const field of fieldsIn(drawn).filter((each) => each.name in values)) {
    setValue(field, values[field.name]);
  }
  for (const [id, name] of photos[row] ?? []) {
    showKept(drawn, id, name);
  }
  whenOpened(row);
  return line;
}

function showKept(drawn, id, name) {
  const item = make("li");
  item.dataset.photo = id;
  const picture = make("img");
  [picture.src, picture.alt] = [`${location.pathname}photos/${id}/`, name];
  const remove = button("field-remove", words.removePhoto, () => {});
  remove.dataset.removePhoto = "";
  item.append(picture, remove);
  drawn.querySelector("[data-photos] ul")?.append(item);
}

function toggle(row) {
  const line = lineOf(row);
  const drawn = line.querySelector("[data-row]");
  if (drawn) {
    drawn.hidden = !drawn.hidden;
    line.querySelector("button").setAttribute("aria-expanded", String(!drawn.hidden));
  } else {
    open(row).querySelector("select, input, textarea")?.focus();
  }
}

// What an entry is, from safe to what waits longest for a person, and what the line of its row says then.
const ENTRY_STATES = ["safe", "waiting", "refused", "conflict"];
const LINE_STATES = ["saved", "kept", "refused", "conflict"];

// What stands on each line: `fields` are the kept entries, `choices` the words of a choice by its key.
export function showLines(fields) {
  const found = new Map();
  const enter = (row, state, name, value, text) => {
    const told = found.get(row) ?? { answers: {}, rank: 0 };
    told.answers[name] = text || value;
    told.rank = Math.max(told.rank, ENTRY_STATES.indexOf(state));
    found.set(row, told);
  };
  for (const [name, value] of knownValues().filter(([, each]) => each)) {
    enter(rowOf(name), "safe", name, value, wordOf(name, value));
  }
  for (const each of fields.filter(({ name }) => isFolded(rowOf(name)))) {
    enter(rowOf(each.name), each.state, each.name, each.value, each.text);
  }
  for (const [row, { answers, rank }] of found) {
    const line = lineOf(row);
    const said = Object.values(answers).filter((text) => text && text !== "—");
    line.dataset.state = said.length || rank ? LINE_STATES[rank] : "";
    line.toggleAttribute("data-is-done", Boolean(said.length));
    line.querySelector(".field-line-state").textContent = said.join(" · ");
  }
}

// Of a choice its words, as the pattern of the row has them.
function wordOf(name, value) {
  const pattern = partOf(rowOf(name)).section.querySelector("template").content;
  const option = pattern.querySelector(`[name$="-${name.slice(name.indexOf("-") + 1)}"] option[value="${CSS.escape(value)}"]`);
  return option?.textContent.trim() ?? value;
}
