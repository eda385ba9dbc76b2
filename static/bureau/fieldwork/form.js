// A field form: what is entered is kept on this device as it is left, and sent whenever there is a line.
import {
  clearErrors, fieldNamed, fieldsIn, form, mark, rowNamed, rowOf, sayWhatCannotBeSearched, setValue, show, showErrors,
  showWhatApplies, textOf, valueOf,
} from "./fields.js";
import * as folded from "./folded.js";
import { uuid } from "./ids.js";
import { showBusy, showPanel, showState, warn, why, wirePanel } from "./keeping.js";
import { post } from "./line.js";
import { base, button, draftPath, draftUrl, make, person, words } from "./page.js";
import { dropPhoto, isTooLarge, showPhoto, showTooLarge } from "./photos.js";
import * as sections from "./sections.js";
import { Store } from "./store.js";
import { enterPhoto, enterPhotoRemoval, enterRowRemoval, enterValue, enterValues, synchronise } from "./syncing.js";
import * as taking from "./taking.js";

const TYPING = 800; // ms after the last key
const about = form.dataset;
const store = await Store.open();
const [, idInPath] = location.pathname.match(/([0-9a-f-]{36})\/$/) ?? [];
const id = about.draft || idInPath || uuid();
const openedAs = location.pathname + location.search;
const found = await store.get("drafts", id);
let isKeptHere = Boolean(found?.begun);
let draft = {
  id, form: about.form, label: about.label, name: about.name, query: about.query, person, revision: 0, begun: Boolean(about.begun),
  ...found,
};
const path = draftPath(draft);
// What the server had.
const known = new Map([...folded.knownValues(), ...fieldsIn(form).map((field) => [field.name, valueOf(field)])]);
const shown = new Map(); // what was last shown of a field's entry
let entering = 0;
let stopped = null;
let isSending = false;
let isLeaving = false;
let hasAsked = false; // for what changed since the page was taken along
let isWantedAgain = false;
let reloads = false;
let wait = 1000;
let timer = 0;

// Beginning ----------------------------------------------------------------------------------------------

// With the first entry the form is kept here: what it began with is an answer too, and its page comes along.
async function begin() {
  if (isKeptHere) {
    return;
  }
  isKeptHere = true;
  const isNew = !draft.begun;
  draft = { ...draft, begun: true };
  await store.change("drafts", id, (row) => ({ ...(row ?? draft), begun: true }));
  if (isNew) {
    history.replaceState(null, "", draftUrl(draft));
    await keepAll(form);
  }
  takeAlong().catch(() => taking.canTake && taking.copyPage(store, openedAs, path));
}

async function takeAlong() {
  if (taking.canTake && !store.isMemory) {
    await taking.take(store, draftUrl(draft), path);
    await store.change("drafts", id, (row) => ({ ...(row ?? draft), taken: true }));
    await refreshState();
  }
}

// The page and what is kept ------------------------------------------------------------------------------

// The page may be older than what is kept, if it was taken along, or newer, if another device sent meanwhile.
async function layOver() {
  const revision = Number(about.revision);
  const isNewer = revision > draft.revision;
  for (const row of await store.all("fields", id)) {
    if (row.state === "safe" && isNewer) {
      const value = known.get(row.name);
      const text = fieldNamed(row.name) ? textOf(fieldNamed(row.name)) : "";
      await store.change("fields", [id, row.name], () => (value === undefined ? null : { ...row, value, text, base: value, version: revision }));
    }
  }
  if (isNewer) {
    draft = { ...draft, revision };
    await store.change("drafts", id, (row) => row && { ...row, revision });
  }
  await refresh();
}

// Shows what is kept; a field that somebody is in is left alone.
async function refresh() {
  const rows = await store.all("fields", id);
  const removals = await store.all("removals", id);
  for (const removal of removals) {
    if (removal.kind === "photo") {
      dropPhoto(removal.name);
    } else if (removal.state === "conflict") {
      offerRow(removal);
    } else if (!rows.some((row) => rowOf(row.name) === removal.name)) {
      rowNamed(removal.name)?.remove();
    }
  }
  const fields = new Map(fieldsIn(form).map((field) => [field.name, field]));
  for (const row of rows.sort((one, other) => (one.sequence ?? 0) - (other.sequence ?? 0))) {
    const field = fields.get(row.name) ?? fieldNamed(row.name) ?? fieldOfNewRow(row.name, row.state);
    const sign = `${row.id} ${row.state} ${row.version} ${row.value}`;
    if (field && (shown.get(row.name) !== sign || valueOf(field) !== row.value)) {
      shown.set(row.name, sign);
      if (valueOf(field) !== row.value && field !== document.activeElement) {
        setValue(field, row.value, row.text);
      }
      show(field, row, (value, text) => decide(field, row, value, text));
    }
  }
  for (const photo of await store.all("photos", id)) {
    showPhoto(photo);
  }
  folded.showLines(rows);
  showWhatApplies();
  await refreshState();
}

async function refreshState() {
  draft = { ...draft, ...(await store.get("drafts", id)) };
  const counts = await store.countsOf(id);
  if (entering) {
    showBusy();
  } else {
    showState(store, draft, counts, stopped, isSending);
  }
  sayWhatCannotBeSearched(stopped?.reason !== "noLine" && navigator.onLine);
  sections.showProgress();
  await showPanel(store, draft, { path });
}

// A folded row is opened by itself only where a person has to look at it.
function fieldOfNewRow(name, state) {
  const row = rowOf(name);
  if (folded.isFolded(row)) {
    return ["conflict", "refused"].includes(state) && folded.open(row) ? fieldNamed(name) : null;
  }
  const section = row && form.querySelector(`section[data-part="${CSS.escape(row.split(".")[0])}"]`);
  if (section?.querySelector("template")) {
    drawRow(section, row.split(".")[1]);
  }
  return fieldNamed(name);
}

// Entering -----------------------------------------------------------------------------------------------

// As long as something is on its way into the store the page does not say that it is safe.
function enters(work) {
  return async (...given) => {
    entering += 1;
    showBusy();
    try {
      await work(...given);
    } finally {
      entering -= 1;
    }
    await refreshState();
  };
}

async function keep(field, { isTyping = false } = {}) {
  const row = await enterValue(store, id, field.name, valueOf(field), { text: textOf(field), known: known.get(field.name) ?? "" });
  if (row) {
    show(field, row, () => {});
    reloads ||= "reloads" in field.dataset;
  }
  if (row || !isTyping) {
    await refreshState();
  }
  if (!isTyping) {
    send();
  }
}

// What a form or a row begins with is an answer too.
async function keepAll(place) {
  const begun = fieldsIn(place).filter(valueOf);
  const entries = begun.map((field) => ({
    name: field.name, value: valueOf(field), text: textOf(field), known: known.get(field.name) ?? "",
  }));
  if (entries.length) {
    await enterValues(store, id, entries);
    await refresh();
    send();
  }
}

async function decide(field, row, value, text) {
  setValue(field, value, text);
  await enterValue(store, id, field.name, value, { text, known: row.there.value });
  await refresh();
  field.focus();
  send();
}

async function changed(event) {
  const field = event.target;
  if (!field.name || field.type === "file") {
    return;
  }
  clearTimeout(typing);
  await store.change("drafts", id, (row) => row && { ...row, hasProblems: false });
  await begin();
  await keep(field);
  showWhatApplies();
}

let typing = 0;

// What is being typed is kept too, so that nothing is lost with the page; it is sent when the field is left.
function typed(event) {
  const field = event.target;
  if (field.name && field.matches("textarea, input:not([type=checkbox], [type=radio], [type=file])")) {
    clearTimeout(typing);
    typing = setTimeout(async () => {
      await begin();
      await keep(field, { isTyping: true });
    }, TYPING);
  }
}

// Rows ---------------------------------------------------------------------------------------------------

function drawRow(section, key) {
  const holder = make("div");
  holder.innerHTML = section.querySelector("template").innerHTML.replaceAll("__row__", key);
  const row = holder.firstElementChild;
  section.querySelector("[data-rows]").append(row);
  window.django?.jQuery?.(row).find(".admin-autocomplete").djangoAdminSelect2?.();
  return row;
}

async function addRow(section) {
  const row = drawRow(section, uuid().replaceAll("-", ""));
  row.querySelector("input, select, textarea")?.focus();
  await begin();
  await keepAll(row);
}

async function removeRow(row) {
  const isFilled = fieldsIn(row).some((field) => valueOf(field)) || row.querySelector("[data-photo]");
  if (isFilled && !confirm(words.really)) {
    return;
  }
  const name = row.dataset.row;
  const kept = (await store.all("fields", id)).filter((field) => rowOf(field.name) === name);
  const before = Object.fromEntries([...known].filter(([field]) => rowOf(field) === name));
  for (const field of kept) {
    before[field.name] = field.base ?? field.value;
  }
  row.closest("section").querySelector("[data-add-row]")?.focus();
  row.remove();
  showWhatApplies();
  if (draft.begun) {
    await begin();
    await enterRowRemoval(store, id, name, before);
    await refreshState();
    send();
  }
}

// The office changed a row that was removed here: it comes back until one of the two is chosen.
async function offerRow(removal) {
  const names = Object.keys(removal.there);
  for (const name of names) {
    const field = fieldNamed(name) ?? fieldOfNewRow(name);
    if (field) {
      setValue(field, removal.there[name].value, removal.there[name].text);
    }
  }
  const row = rowNamed(removal.name);
  if (!row || row.querySelector(":scope > .field-choice")) {
    return;
  }
  const before = Object.fromEntries(names.map((name) => [name, removal.there[name].value]));
  const box = make("div", "field-choice");
  box.append(make("p", "field-problem", words.rowThere));
  box.append(button("field-button", words.removeAnyway, async () => {
    row.remove();
    await store.remove("removals", removal.id);
    await enterRowRemoval(store, id, removal.name, before);
    await refreshState();
    send();
  }));
  box.append(button("field-button", words.keepRow, async () => {
    box.remove();
    await store.remove("removals", removal.id);
    await refreshState();
  }));
  row.prepend(box);
}

// Photos -------------------------------------------------------------------------------------------------

async function addPhotos(input) {
  const holder = input.closest("[data-photos]");
  const files = [...input.files];
  input.value = "";
  await begin();
  for (const file of files) {
    if (isTooLarge(file)) {
      showTooLarge(holder, file);
    } else {
      showPhoto(await enterPhoto(store, id, holder.dataset.photos, file));
    }
  }
  await refreshState();
  send();
}

async function removePhoto(item) {
  const photo = item.dataset.photo;
  item.closest("[data-photos]").querySelector("input").focus();
  item.remove();
  if (photo) {
    await begin();
    await enterPhotoRemoval(store, id, photo);
    await refreshState();
    send();
  }
}

// Sending ------------------------------------------------------------------------------------------------

function heard(answer) {
  const checked = answer.checked ?? [];
  for (const place of new Set(checked.map((name) => rowNamed(rowOf(name)) ?? fieldNamed(name)?.closest("section")))) {
    if (place) {
      clearErrors(place);
    }
  }
  if (answer.wasSubmitting) {
    clearErrors(form);
  }
  const errors = answer.errors ?? {};
  for (const name of Object.keys(errors)) {
    folded.open(rowOf(name) || name);
  }
  const first = showErrors(errors);
  if (answer.wasSubmitting && !answer.isSubmitted) {
    hasAsked = false; // perhaps the office changed something
    isWantedAgain = true;
    document.getElementById("field-submit").disabled = false;
    sections.reveal(first);
    first?.scrollIntoView({ block: "center" });
    first?.focus?.({ preventScroll: true });
  }
}

async function send() {
  clearTimeout(timer);
  if (isSending) {
    isWantedAgain = true;
    return;
  }
  if (!draft.begun) {
    return;
  }
  isSending = true;
  stopped = null;
  await refreshState();
  try {
    await synchronise(store, id, { told: heard, asks: !hasAsked });
    hasAsked = true;
    wait = 1000;
  } catch (problem) {
    if (!problem.reason) {
      throw problem;
    }
    stopped = problem;
    timer = setTimeout(send, wait);
    wait = Math.min(wait * 2, 15_000);
  } finally {
    isSending = false;
  }
  await refresh();
  if (draft.result) {
    await finish();
  } else if (isWantedAgain && !stopped) {
    isWantedAgain = false;
    send();
  } else if (reloads && !stopped) {
    reloads = false;
    await takeAlong().catch(() => {});
    location.reload();
  }
}

// All of it is on the server: the device need not keep it, but for the receipt.
async function finish() {
  const kept = { ...draft };
  await store.forget(id);
  await store.put("drafts", kept);
  if (taking.canTake) {
    await taking.leave(store, path);
  }
  isLeaving = true;
  location.assign(draft.result);
}

async function submit() {
  document.activeElement?.blur?.(); // the field that one is in is left by that
  await begin();
  await store.change("drafts", id, (row) => ({ ...(row ?? draft), submit: true, hasProblems: false }));
  document.getElementById("field-submit").disabled = true;
  await refreshState();
  await send();
  document.getElementById("field-submit").disabled = Boolean(draft.submit);
}

async function discard() {
  if (!confirm(words.discardReally)) {
    return;
  }
  const isOnServer = draft.revision || about.begun;
  try {
    if (isOnServer) {
      await post(`${path}discard/`, {});
    }
  } catch (problem) {
    document.getElementById("field-status").replaceChildren(...why(problem).flatMap((part) => [part, " "]));
    return;
  }
  await store.forget(id);
  if (taking.canTake) {
    await taking.leave(store, path);
  }
  isLeaving = true;
  location.assign(base);
}

// Wiring -------------------------------------------------------------------------------------------------

const entered = enters(changed);
form.addEventListener("change", (event) => event.target.name && entered(event));
// On the way down: the skin would write the name of the file into the nearest text field.
form.addEventListener("change", (event) => {
  if (event.target.matches("[data-add-photo]")) {
    event.stopPropagation();
    enters(addPhotos)(event.target);
  }
}, true);
form.addEventListener("input", typed);
// The list that is searched tells its changes to jQuery only.
window.django?.jQuery?.(form).on("select2:select select2:clear", "select", (event) => entered({ target: event.target }));

form.addEventListener("click", (event) => {
  const pressed = event.target.closest("button");
  if (pressed?.matches("[data-add-row]")) {
    enters(addRow)(pressed.closest("section"));
  } else if (pressed?.matches("[data-remove-row]")) {
    enters(removeRow)(pressed.closest("[data-row]"));
  } else if (pressed?.matches("[data-remove-photo]")) {
    enters(removePhoto)(pressed.closest("[data-photo]"));
  }
});

document.getElementById("field-submit").addEventListener("click", submit);
document.getElementById("field-discard").addEventListener("click", discard);
store.addEventListener("refused", () => warn(store, async () => [draft]));

window.addEventListener("online", () => {
  wait = 1000;
  send();
});
window.addEventListener("offline", () => sayWhatCannotBeSearched(false));
window.addEventListener("beforeunload", (event) => {
  if (store.isMemory && !isLeaving && document.getElementById("field-status").dataset.state === "kept") {
    event.preventDefault();
  }
});

wirePanel(store, draft, {
  take: async () => {
    await store.change("drafts", id, (row) => row ?? draft);
    await takeAlong().catch(async (problem) => {
      stopped = problem;
      await refreshState();
    });
  },
});
folded.draw();
folded.onOpen((row) => {
  for (const field of fieldsIn(form).filter((each) => rowOf(each.name) === row)) {
    known.has(field.name) || known.set(field.name, valueOf(field));
  }
  refresh();
});
showWhatApplies();
await taking.start();
await layOver();
sections.start((row) => folded.open(row)?.scrollIntoView({ block: "center" }));
await warn(store, async () => [draft]);
form.dataset.isReady = "yes";
await send();
