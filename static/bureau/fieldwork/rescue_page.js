// The page that takes a rescue file back: read by the browser, kept on this device, sent from here.
import { warn, why } from "./keeping.js";
import { draftUrl, make, person, say, time, words } from "./page.js";
import { NoRescueFile, OthersRescueFile, takeBack } from "./rescue.js";
import { Store } from "./store.js";
import { synchronise } from "./syncing.js";
import * as taking from "./taking.js";

const store = await Store.open();
const app = document.getElementById("field-app");
const input = document.getElementById("field-rescue");
const status = document.getElementById("field-status");
const list = document.getElementById("field-rescued");

function tell(state, ...parts) {
  status.hidden = false;
  status.dataset.state = state;
  status.replaceChildren(...parts.flatMap((part) => [part, " "]));
}

function sentenceOf(problem) {
  if (problem instanceof OthersRescueFile) {
    return say("othersRescue", { name: problem.message });
  }
  return words.notRescue;
}

async function read(file) {
  list.replaceChildren();
  let found;
  try {
    found = await takeBack(store, file);
  } catch (problem) {
    if (!(problem instanceof NoRescueFile || problem instanceof OthersRescueFile)) {
      throw problem;
    }
    tell("refused", sentenceOf(problem));
    return;
  }
  tell("sending", say("rescued", { forms: found.drafts.length, entries: found.entries, photos: found.photos }));
  await send(found);
}

async function send({ drafts, damaged }) {
  let stopped = null;
  let left = 0;
  for (const id of drafts) {
    await synchronise(store, id).catch((problem) => {
      if (!problem.reason) {
        throw problem;
      }
      stopped = problem;
    });
    const counts = await store.countsOf(id);
    left += counts.entries + counts.photos;
    await draw(id);
  }
  const also = damaged ? [say("rescuedDamaged", { count: damaged })] : [];
  tell(left || damaged ? "refused" : "saved", left ? words.someLeft : words.allSafe, ...also, ...why(stopped));
  await warn(store, async () => (await store.all("drafts")).filter((draft) => draft.person === person));
}

async function draw(id) {
  const draft = await store.get("drafts", id);
  const item = make("li");
  const link = make("a");
  link.href = draft.result || draft.closed || draftUrl(draft);
  link.append(make("strong", "", draft.name || draft.label));
  if (draft.receipt) {
    const { fields, photos, at } = draft.receipt;
    link.append(make("span", "", say("receiptFields", { fields, photos: photos.length, at: time(at) })));
  }
  item.append(link);
  list.append(item);
}

// On the way down: the skin looks for a text field beside every file.
app.addEventListener("change", async (event) => {
  event.stopPropagation();
  if (input.files.length) {
    input.disabled = true;
    await read(input.files[0]);
    input.disabled = false;
    input.value = "";
  }
}, true);
await taking.start();
app.dataset.isReady = "yes";
