// The photos of the form on the page.
import { form, mark } from "./fields.js";
import { make, button, say, size, words } from "./page.js";

const maxBytes = Number(form?.dataset.maxBytes);

export function isTooLarge(file) {
  return file.size > maxBytes;
}

export function holderOf(row) {
  return form.querySelector(`[data-photos="${CSS.escape(row)}"]`);
}

function itemOf(id) {
  return form.querySelector(`[data-photo="${CSS.escape(id)}"]`);
}

// Draw a photo of this device, or what became of one that the page shows already.
export function showPhoto(photo) {
  const holder = holderOf(photo.row);
  if (!holder) {
    return;
  }
  const item = itemOf(photo.id) ?? added(holder, photo);
  const picture = item.querySelector("img");
  if (picture && photo.thumb) {
    picture.src = photo.thumb; // needs no line
  }
  if (photo.state === "waiting") {
    mark(item, "kept", words.kept);
  } else if (photo.state === "refused") {
    mark(item, "refused", photo.problem || words.refused);
  } else {
    mark(item, "saved", words.safe);
  }
}

function added(holder, photo) {
  const item = make("li");
  item.dataset.photo = photo.id;
  const picture = make("img");
  picture.alt = photo.name;
  item.append(picture, make("span", "", `${photo.name} · ${size(photo.size)}`), removeButton());
  holder.querySelector("ul").append(item);
  return item;
}

// Not taken, and gone with the page.
export function showTooLarge(holder, file) {
  const item = make("li");
  item.dataset.photo = "";
  item.append(make("span", "", file.name), removeButton());
  mark(item, "refused", words.tooLarge);
  holder.querySelector("ul").append(item);
}

export function dropPhoto(id) {
  itemOf(id)?.remove();
}

function removeButton() {
  const made = button("field-remove", words.removePhoto, () => {});
  made.dataset.removePhoto = "";
  return made;
}

export function receiptLines(receipt) {
  return receipt.photos.map((photo) =>
    say("receiptPhoto", { name: photo.name, size: size(photo.size), digest: photo.sha256.slice(0, 12) }),
  );
}
