// The list: what is on this device and what is safe, what may be taken along, and the sending of all of it.
import { warn, why } from "./keeping.js";
import { page } from "./line.js";
import { base, button, draftPath, draftUrl, make, person, say, time, words, workerUrl } from "./page.js";
import { uuid } from "./ids.js";
import { Store } from "./store.js";
import { synchronise } from "./syncing.js";
import * as taking from "./taking.js";

const WEEK = 7 * 24 * 3600 * 1000;
const store = await Store.open();
const app = document.getElementById("field-app");
const status = document.getElementById("field-status");
const takeAllButton = document.getElementById("field-take-all");
let stopped = null;

async function own() {
  return (await store.all("drafts")).filter((draft) => draft.person === person);
}

async function waiting() {
  return (await own()).filter((draft) => !draft.result);
}

// What the server lists, as drafts; one that was assigned gets its id when it is taken along.
function listed() {
  return [...app.querySelectorAll("li[data-form]")].map((item) => ({
    item,
    draft: {
      id: item.dataset.draft || "", form: item.dataset.form, label: item.dataset.label, name: item.dataset.name,
      query: item.dataset.query || "", person, revision: Number(item.dataset.revision || 0), begun: Boolean(item.dataset.draft),
    },
  }));
}

function isSame(one, other) {
  return one.id ? one.id === other.id : one.form === other.form && one.query === other.query;
}

// Drawing ------------------------------------------------------------------------------------------------

async function stateOf(draft, pages) {
  const counts = await store.countsOf(draft.id);
  const copy = pages.get(draftPath(draft));
  const said = [];
  if (draft.closed) {
    said.push(say("closed", { count: draft.late }));
  } else if (counts.conflicts) {
    said.push(say("toDecide", { count: counts.conflicts }));
  } else if (counts.refused) {
    said.push(say("notTaken", { count: counts.refused }));
  } else if (counts.entries + counts.photos) {
    said.push(say("keptCount", { entries: counts.entries, photos: counts.photos }));
  } else if (draft.receipt) {
    const { fields, photos, at } = draft.receipt;
    said.push(words.safe, say("receiptFields", { fields, photos: photos.length, at: time(at) }));
  }
  if (draft.submit) {
    said.push(words.wantsSubmit);
  } else if (draft.hasProblems) {
    said.push(words.problems);
  }
  if (copy) {
    said.push(say("takenAt", { at: time(copy.at) }));
  }
  const isWaiting = Boolean(counts.entries + counts.photos);
  const state = counts.conflicts || counts.refused || draft.closed || draft.hasProblems ? "refused" : isWaiting ? "kept" : draft.receipt ? "saved" : "";
  return { said, state, isTaken: Boolean(copy), isWaiting };
}

async function decorate(item, draft, pages) {
  const { said, state, isTaken, isWaiting } = draft.id ? await stateOf(draft, pages) : { said: [], state: "" };
  item.querySelector(".field-entry-end")?.remove();
  const end = make("div", "field-entry-end");
  end.dataset.state = state;
  end.append(...said.map((text) => make("p", "field-state", text)));
  if (draft.result) {
    const link = make("a", "field-link", words.openRecord);
    link.href = draft.result;
    end.append(link);
  } else if (draft.closed || (isTaken && !isWaiting)) {
    end.append(button("field-remove", words.forget, () => forget(draft)));
  } else if (!isTaken && taking.canTake) {
    end.append(button("field-button", words.take, () => takeSome([{ draft }])));
  }
  item.append(end);
  const link = item.querySelector("a");
  if (draft.id && link) {
    link.href = draftUrl(draft);
  }
  item.toggleAttribute("data-unreachable", Boolean(stopped?.reason === "noLine") && !isTaken && !draft.result);
}

async function draw() {
  const pages = taking.canTake ? await taking.taken(store) : new Map();
  const drafts = await own();
  const shown = new Set();
  for (const { item, draft } of listed()) {
    const local = drafts.find((each) => isSame(draft, each) && !each.result);
    if (local) {
      shown.add(local.id);
    }
    await decorate(item, { ...draft, ...local }, pages);
  }
  const place = document.getElementById("field-here");
  const rest = drafts.filter((draft) => !shown.has(draft.id) && (!draft.doneAt || Date.now() - Date.parse(draft.doneAt) < WEEK));
  place.hidden = !rest.length;
  const list = place.querySelector("ul");
  list.replaceChildren();
  for (const draft of rest) {
    const item = make("li");
    item.dataset.here = draft.id;
    const link = make("a");
    link.href = draft.result || draftUrl(draft);
    link.append(make("strong", "", draft.name || draft.label), make("span", "", draft.result ? words.submitted : `${draft.label} · ${words.begunHere}`));
    item.append(link);
    list.append(item);
    await decorate(item, draft, pages);
  }
  await drawOthers();
}

async function drawOthers() {
  const rows = (await store.all("drafts")).filter((draft) => draft.person !== person && !draft.result);
  const counts = await Promise.all(rows.map((draft) => store.countsOf(draft.id)));
  const count = counts.filter((each) => each.entries + each.photos).length;
  const place = document.getElementById("field-others");
  place.hidden = !count;
  place.textContent = count ? say("others", { count }) : "";
}

function tell(state, ...parts) {
  status.hidden = !parts.length;
  status.dataset.state = state;
  status.replaceChildren(...parts.flatMap((part) => [part, " "]));
}

// Taking along -------------------------------------------------------------------------------------------

async function takeOne(draft) {
  const kept = draft.id ? draft : ((await own()).find((each) => isSame(draft, each) && !each.result) ?? { ...draft, id: uuid() });
  await taking.take(store, draftUrl(kept), draftPath(kept));
  await store.change("drafts", kept.id, (row) => ({ ...(row ?? kept), taken: true }));
}

// The list itself and the empty forms come along with whatever is taken.
async function takeSome(wanted) {
  const empty = [...app.querySelectorAll("a[data-new]")].map((link) => link.getAttribute("href"));
  const steps = [
    ...wanted.map(({ draft }) => () => takeOne(draft)),
    ...[base, ...empty].map((url) => () => taking.take(store, url)),
  ];
  let failed = 0;
  let last = null;
  takeAllButton.disabled = true;
  for (const [index, step] of steps.entries()) {
    tell("sending", say("taking", { done: index, count: steps.length }));
    await step().catch((problem) => {
      failed += 1;
      last = problem;
    });
    if (last && last.reason !== "refusedAll") {
      break;
    }
  }
  takeAllButton.disabled = false;
  await taking.sweep(store);
  await draw();
  if (failed) {
    tell("refused", say("takeFailed", { count: failed, why: "" }), ...why(last));
  } else {
    tell("saved", words.tookAll);
  }
  await warn(store, waiting);
}

async function forget(draft) {
  if (!confirm(draft.closed ? words.forgetLateReally : words.forgetReally)) {
    return;
  }
  await taking.leave(store, draftPath(draft));
  await store.forget(draft.id);
  await draw();
}

// Pages of an older edition are taken anew; what is done and a week old goes.
async function tidy() {
  for (const draft of await own()) {
    if (draft.result && (!draft.doneAt || Date.now() - Date.parse(draft.doneAt) > WEEK)) {
      await store.forget(draft.id);
    }
  }
  if (!taking.canTake) {
    return;
  }
  const drafts = await own();
  for (const row of (await taking.taken(store)).values()) {
    const draft = drafts.find((each) => draftPath(each) === row.path);
    const isDraft = /[0-9a-f-]{36}\/$/.test(row.path);
    if (isDraft && (!draft || draft.result)) {
      await taking.leave(store, row.path);
    } else if (taking.isOld(row)) {
      await taking.take(store, draft ? draftUrl(draft) : row.url, row.path).catch(() => {});
    }
  }
  await taking.sweep(store);
}

// Sending ------------------------------------------------------------------------------------------------

async function send() {
  // The list may be the one that was taken along: is there a line, and is somebody logged in?
  stopped = await page(workerUrl).then(() => null, (problem) => problem);
  for (const draft of stopped ? [] : await waiting()) {
    if (draft.begun) {
      try {
        await synchronise(store, draft.id);
      } catch (problem) {
        if (!problem.reason) {
          throw problem;
        }
        stopped = problem;
        if (problem.reason !== "refusedAll") {
          break;
        }
      }
    }
  }
  if (stopped) {
    tell("kept", ...why(stopped));
    setTimeout(send, 15_000);
  } else if (status.dataset.state === "kept") {
    tell("saved");
  }
  await draw();
}

// A meter's label was scanned without a line: the list stands in for its address, and knows where the row is.
async function followLabel() {
  const [, row] = location.pathname.match(/\/at\/([\w.]+)\/$/) ?? [];
  const pages = row && taking.canTake ? [...(await taking.taken(store)).values()] : [];
  const page = pages.find((each) => each.rows?.includes(row) && !each.path.includes("/new/"));
  if (page) {
    location.replace(`${page.url}#${row}`);
  }
}

takeAllButton.addEventListener("click", () => takeSome(listed()));
takeAllButton.hidden = !taking.canTake;
window.addEventListener("online", send);
await followLabel();
await taking.start();
await draw();
await warn(store, waiting);
await send();
app.dataset.isReady = "yes";
if (!stopped) {
  await tidy();
  await draw();
}
