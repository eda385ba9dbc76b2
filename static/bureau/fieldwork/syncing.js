// Brings what is kept on this device to the server, and what changed there back.
import { digestOf, uuid } from "./ids.js";
import { Stopped, post } from "./line.js";
import { base, words } from "./page.js";

const MOST_ENTRIES = 150;
const MOST_SIGNS = 500_000; // of a batch
const LONGEST = 10_000; // signs of a value, as the server takes it
const MOST_TRIES = 3;
const THUMB = 320; // px

// Entering ---------------------------------------------------------------------------------------------

function stamp(store) {
  return { id: uuid(), device: store.device, at: new Date().toISOString(), state: "waiting" };
}

// Keep a value; `known` is what the page had from the server. Nothing happens if it is what stands here already.
export async function enterValue(store, draft, name, value, given) {
  return (await enterValues(store, draft, [{ name, value, ...given }]))[0];
}

// The same for several {name, value, text, known} at once: the rows that were made.
export function enterValues(store, draft, entries) {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  const keys = entries.map(({ name }) => [draft, name]);
  return store.enterAll("fields", keys, (row, [, name]) => {
    const { value, text, known } = byName.get(name);
    if (row && row.value === value && row.state !== "conflict" && row.state !== "refused") {
      return undefined;
    }
    const before = row?.state === "conflict" ? row.there.value : (row?.base ?? known);
    const made = { draft, name, value, text, base: before, version: row?.version ?? 0, ...stamp(store) };
    return value.length > LONGEST ? { ...made, state: "refused", problem: words.tooLong } : made;
  });
}

export async function enterRowRemoval(store, draft, row, fields) {
  const known = {};
  for (const [name, value] of Object.entries(fields)) {
    known[name] = value;
    await store.remove("fields", [draft, name]);
  }
  for (const photo of await store.all("photos", draft)) {
    if (photo.row === row) {
      await store.remove("photos", photo.id);
    }
  }
  const entry = stamp(store);
  return store.enter("removals", entry.id, () => ({ draft, kind: "row", name: row, base: known, ...entry }));
}

export async function enterPhoto(store, draft, row, file) {
  const entry = stamp(store);
  const photo = { draft, row, name: file.name, type: file.type, size: file.size, blob: file, ...entry };
  photo.sha256 = await digestOf(file);
  photo.thumb = await thumbOf(file);
  return store.enter("photos", photo.id, () => photo);
}

// A photo that never left the device goes without a word to the server.
export async function enterPhotoRemoval(store, draft, photo) {
  await store.remove("photos", photo);
  const entry = stamp(store);
  return store.enter("removals", entry.id, () => ({ draft, kind: "photo", name: photo, ...entry }));
}

async function thumbOf(blob) {
  try {
    const picture = await createImageBitmap(blob, { resizeWidth: THUMB });
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.width, picture.height];
    canvas.getContext("2d").drawImage(picture, 0, 0);
    return canvas.toDataURL("image/jpeg", 0.7);
  } catch {
    return ""; // no picture that this browser draws
  }
}

// Sending ----------------------------------------------------------------------------------------------

// Sends until nothing waits; throws `Stopped`. `told(answer)` sees each answer. With `asks` the server is asked for news
// even if there is nothing to send.
export async function synchronise(store, id, { told = () => {}, asks = false } = {}) {
  const tries = new Map();
  let isWanted = asks;
  for (;;) {
    const [draft, waiting] = [await store.get("drafts", id), await gather(store, id)];
    if (!draft || draft.result) {
      return;
    }
    if (!waiting.entries.length && !waiting.photos.length && !(isWanted && draft.revision)) {
      break;
    }
    isWanted = false;
    const answer = await exchange(store, draft, waiting);
    told(answer);
    if (answer.url) {
      return;
    }
    for (const photo of waiting.photos.filter((each) => answer.send.includes(each.id))) {
      tries.set(photo.id, (tries.get(photo.id) ?? 0) + 1);
      if (tries.get(photo.id) > MOST_TRIES) {
        throw new Stopped("noLine");
      }
      await sendPhoto(store, draft, photo);
    }
  }
  await submit(store, id, told);
}

async function gather(store, id) {
  const waits = (row) => row.state === "waiting";
  const [fields, removals, photos] = await Promise.all(["fields", "removals", "photos"].map((name) => store.all(name, id)));
  const kinds = [...fields.map((row) => ({ kind: "value", ...row })), ...removals];
  const entries = kinds.filter(waits).sort((one, other) => one.sequence - other.sequence);
  let length = 0;
  const fits = ({ value, base: before }) => (length += String(value ?? "").length + JSON.stringify(before ?? "").length) < MOST_SIGNS;
  return { entries: entries.slice(0, MOST_ENTRIES).filter((entry, index) => fits(entry) || !index), photos: photos.filter(waits).slice(0, 50) };
}

async function exchange(store, draft, { entries, photos }) {
  const { status, data } = await post(`${base}${draft.form}/${draft.id}/sync/`, {
    query: draft.query ?? "",
    revision: draft.revision ?? 0,
    sent_at: new Date().toISOString(),
    entries: entries.map(({ id, device, sequence, kind, name, value, base: before, at }) => ({
      id, device, sequence, kind, name, value: value ?? "", base: before ?? "", at,
    })),
    photos: photos.map(({ id, row, size, sha256 }) => ({ id, row, size, sha256 })),
  });
  if (status !== 200) {
    throw new Stopped("refusedAll", status);
  }
  await learn(store, draft, entries, photos, data);
  return data;
}

async function learn(store, draft, entries, photos, answer) {
  for (const entry of entries) {
    const result = answer.results[entry.id];
    if (entry.kind === "value") {
      await store.change("fields", [draft.id, entry.name], (row) => afterValue(row, entry, result, answer.values[entry.name]));
    } else {
      await store.change("removals", entry.id, (row) => afterRemoval(row, result, answer.values));
    }
  }
  const sent = new Set(entries.map((entry) => entry.name));
  for (const [name, value] of Object.entries(answer.values)) {
    if (!sent.has(name)) {
      await store.change("fields", [draft.id, name], (row) => news(row, draft.id, name, value, draft.revision));
    }
  }
  for (const name of answer.removed_rows) {
    await dropRow(store, draft.id, name, entries);
  }
  for (const photo of photos.filter((each) => !answer.send.includes(each.id) && !answer.url)) {
    await store.change("photos", photo.id, (row) => row && safe(row));
  }
  const count = entries.filter((entry) => answer.results[entry.id]?.outcome === "closed").length;
  await store.change("drafts", draft.id, (row) => {
    const late = answer.url && (count || photos.length) ? count + photos.length : 0;
    const done = answer.url && !late ? { result: answer.url, doneAt: answer.receipt.at } : {};
    const closed = late ? { closed: answer.url, late } : {};
    return row && { ...row, revision: answer.receipt.revision, receipt: answer.receipt, skew: skewOf(answer), ...done, ...closed };
  });
}

function skewOf(answer) {
  return Math.round((Date.now() - Date.parse(answer.receipt.at)) / 3_600_000);
}

function afterValue(row, entry, result, told) {
  const outcome = result?.outcome;
  if (!row || outcome === "closed" || outcome === undefined) {
    return undefined;
  }
  const isLatest = row.id === entry.id;
  if (outcome === "conflict") {
    return isLatest ? { ...row, state: "conflict", there: told ?? { value: "", version: 0 } } : undefined;
  }
  if (outcome === "refused") {
    return isLatest ? { ...row, state: "refused", problem: result.problem } : undefined;
  }
  if (!told) {
    return isLatest ? null : undefined; // its row is gone
  }
  const known = { ...row, base: told.value, version: told.version };
  if (!isLatest) {
    return known;
  }
  const isTheirs = told.value !== row.value;
  const changed = isTheirs ? { value: told.value, text: told.text, isNews: true } : {};
  return { ...known, ...changed, state: "safe", problem: undefined, there: undefined };
}

function afterRemoval(row, result, values) {
  if (!row || result === undefined || result.outcome === "closed") {
    return undefined;
  }
  if (result.outcome !== "conflict") {
    return { ...row, state: "safe" }; // an older page that was taken along still shows the row
  }
  const there = Object.entries(values).filter(([name]) => name.startsWith(`${row.name}-`));
  return { ...row, state: "conflict", there: Object.fromEntries(there) };
}

// What another device changed, unless there is an entry of this one, which is merged when it is sent.
function news(row, draft, name, told, revision) {
  const { value, version, text } = told;
  if (row && (row.state !== "safe" || row.version >= version)) {
    return undefined;
  }
  if (told.contested && row?.id && row.value !== value) {
    return { ...row, base: row.value, state: "conflict", there: told }; // the office changed what was entered here
  }
  const isNews = version > (revision ?? 0) && row?.value !== value;
  return { ...(row ?? { draft, name }), value, text: text ?? value, base: value, version, state: "safe", isNews };
}

async function dropRow(store, draft, name, entries) {
  if (entries.some((entry) => entry.kind === "row" && entry.name === name)) {
    return;
  }
  for (const row of await store.all("fields", draft)) {
    if (row.name.startsWith(`${name}-`) && row.state === "safe") {
      await store.remove("fields", [draft, row.name]);
    }
  }
  await store.put("removals", { id: uuid(), draft, kind: "row", name, state: "safe" });
}

// Safe on the server: the device keeps the small picture, so that there is room for more.
function safe(photo) {
  return { ...photo, state: "safe", blob: undefined, problem: undefined };
}

// It is safe when the next round finds that the server has all of it.
async function sendPhoto(store, draft, photo) {
  const form = new FormData();
  form.append("photo", photo.id);
  form.append("row", photo.row);
  form.append("sha256", photo.sha256);
  form.append("file", photo.blob, photo.name);
  const { status, data } = await post(`${base}${draft.form}/${draft.id}/photos/`, form);
  if (data.removed) {
    await store.remove("photos", photo.id);
  } else if (![200, 409].includes(status) && !data.again) {
    await store.change("photos", photo.id, (row) => row && { ...row, state: "refused", problem: data.problem });
  }
}

async function submit(store, id, told) {
  const [draft, counts] = [await store.get("drafts", id), await store.countsOf(id)];
  if (!draft?.submit || counts.entries || counts.photos) {
    return;
  }
  const { status, data } = await post(`${base}${draft.form}/${draft.id}/submit/`, {});
  const isDone = Boolean(data.url);
  await store.change("drafts", id, (row) => row && {
    ...row,
    submit: false,
    ...(isDone ? { result: data.url, doneAt: new Date().toISOString() } : { hasProblems: true }),
  });
  if (!isDone && status !== 422) {
    throw new Stopped("refusedAll", status);
  }
  told({ errors: data.errors ?? { "": [data.problem] }, isSubmitted: isDone, url: data.url ?? "", wasSubmitting: true });
}
