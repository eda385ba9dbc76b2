// A rescue file: what is kept on this device as one JSON file, photos as data URLs, and the way back.
import { digestOf } from "./ids.js";
import { person, personName, time } from "./page.js";

const FORMAT = "fieldwork-rescue";
const VERSION = 1;

export class NoRescueFile extends Error {}

export class OthersRescueFile extends Error {}

function dataUrl(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

function blobOf(url) {
  const [, type, text] = url.match(/^data:([^;,]*);base64,(.*)$/s) ?? [];
  if (text === undefined) {
    throw new NoRescueFile("photo");
  }
  return new Blob([Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))], { type });
}

// The file as a Blob in parts, so that photos need not stand in the memory twice.
export async function rescueBlob(store, drafts) {
  const head = { format: FORMAT, version: VERSION, person, person_name: personName, made_at: new Date().toISOString() };
  const parts = [`${JSON.stringify(head).slice(0, -1)},"drafts":[`];
  for (const [index, draft] of drafts.entries()) {
    const [fields, removals, photos] = await Promise.all(["fields", "removals", "photos"].map((name) => store.all(name, draft.id)));
    parts.push(`${index ? "," : ""}${JSON.stringify({ ...draft, fields, removals }).slice(0, -1)},"photos":[`);
    for (const [number, photo] of photos.filter((each) => each.blob).entries()) {
      const data = await dataUrl(photo.blob);
      parts.push(new Blob([number ? "," : "", JSON.stringify({ ...photo, blob: undefined, data })]));
    }
    parts.push("]}");
  }
  parts.push("]}");
  return new Blob(parts, { type: "application/json" });
}

export async function saveRescueFile(store, drafts) {
  const current = await Promise.all(drafts.map((draft) => store.get("drafts", draft.id)));
  const blob = await rescueBlob(store, current.filter(Boolean));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `fieldwork-${time(new Date()).replace(/[ :]/g, "-")}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Put what a file holds into the store, where nothing newer waits; {drafts, entries, photos, damaged}.
export async function takeBack(store, file) {
  const data = parsed(await file.text());
  const found = { drafts: [], entries: 0, photos: 0, damaged: 0 };
  for (const { fields = [], removals = [], photos = [], ...draft } of data.drafts) {
    await store.change("drafts", draft.id, (row) => ({ ...(row ?? known(draft)), result: undefined, closed: undefined }));
    found.drafts.push(draft.id);
    for (const field of fields) {
      const isWaiting = (row) => row && row.state !== "safe";
      await store.change("fields", [draft.id, field.name], (row) => (isWaiting(row) ? undefined : { ...field, draft: draft.id }));
    }
    for (const removal of removals) {
      await store.put("removals", { ...removal, draft: draft.id });
    }
    for (const { data: url, ...photo } of photos) {
      const blob = await wholePhoto(url, photo);
      if (blob) {
        await store.change("photos", photo.id, (row) => row ?? { ...photo, draft: draft.id, blob });
      }
      found[blob ? "photos" : "damaged"] += 1;
    }
    found.entries += [...fields, ...removals].filter((row) => row.state !== "safe").length;
  }
  return found;
}

// A file may hold anything: addresses above all are not taken from it.
function known({ id, form, label, name, query, revision }) {
  const text = (value) => (typeof value === "string" ? value : "");
  const isWhole = Number.isInteger(revision);
  return { id, form, person, label: text(label), name: text(name), query: text(query), revision: isWhole ? revision : 0, begun: true };
}

async function wholePhoto(url, photo) {
  try {
    const blob = blobOf(url);
    const digest = photo.sha256 ? await digestOf(blob) : "";
    return blob.size === photo.size && (!digest || digest === photo.sha256) ? blob : null;
  } catch {
    return null;
  }
}

function parsed(text) {
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new NoRescueFile("json");
  }
  const hasIds = (draft) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(draft?.id ?? "") && /^[a-z0-9-]{1,60}$/.test(draft.form ?? "");
  if (data?.format !== FORMAT || data.version !== VERSION || !Array.isArray(data.drafts) || !data.drafts.every(hasIds)) {
    throw new NoRescueFile("format");
  }
  if (data.person !== person) {
    throw new OthersRescueFile(data.person_name || data.person);
  }
  return data;
}
