// The line at the top of a form: on this device or safe on the server, why, and what can be done; and the panel below.
import { button, loginUrl, make, say, size, time, words } from "./page.js";
import { receiptLines } from "./photos.js";
import { saveRescueFile } from "./rescue.js";
import { promised } from "./store.js";
import * as taking from "./taking.js";

const status = document.getElementById("field-status");
const panel = document.getElementById("field-keeping");

function line(state, ...parts) {
  status.dataset.state = state;
  const shown = parts.filter(Boolean);
  // Read aloud only when it changes.
  const text = shown.map((part) => part.textContent ?? part).join(" ");
  if (status.textContent !== text) {
    status.replaceChildren(...shown.flatMap((part) => [part, " "]));
  }
}

// Before the entry is in the store nothing is promised.
export function showBusy() {
  line("sending", words.sending);
}

export function logInLink() {
  const link = make("a", "field-link", words.logIn);
  link.href = loginUrl + encodeURIComponent(location.pathname + location.search);
  return link;
}

export function why(stopped) {
  if (!stopped) {
    return [];
  }
  const said = say(stopped.reason, { status: stopped.status });
  return stopped.reason === "loggedOut" ? [said, logInLink()] : [said];
}

// `draft` as it is kept, `counts` of what waits, `stopped` what the last try ended with.
export function showState(store, draft, counts, stopped, isSending) {
  const left = counts.entries + counts.photos;
  const numbers = { entries: counts.entries, photos: counts.photos };
  if (draft.closed) {
    const link = make("a", "field-link", words.openRecord);
    link.href = draft.closed;
    line("refused", say("closed", { count: draft.late }), link);
  } else if (counts.conflicts) {
    line("refused", say("toDecide", { count: counts.conflicts }));
  } else if (counts.refused) {
    line("refused", say("notTaken", { count: counts.refused }));
  } else if (left) {
    const what = store.isMemory ? say("memoryCount", numbers) : say("keptCount", numbers);
    line(stopped || !isSending ? "kept" : "sending", what, ...(isSending && !stopped ? [words.sending] : why(stopped)), draft.submit && words.wantsSubmit);
  } else if (draft.hasProblems) {
    line("refused", words.problems);
  } else if (draft.submit) {
    line("kept", words.wantsSubmit, ...why(stopped));
  } else if (draft.receipt) {
    line("saved", say("safeAt", { at: time(draft.receipt.at) }));
  } else {
    line("saved", draft.begun ? words.safe : words.empty);
  }
}

export async function showPanel(store, draft, act) {
  const receipt = panel.querySelector("[data-receipt]");
  receipt.replaceChildren();
  if (draft.receipt) {
    const { fields, photos, at } = draft.receipt;
    receipt.append(make("p", "", say("receiptFields", { fields, photos: photos.length, at: time(at) })));
    const list = make("ul");
    list.append(...receiptLines(draft.receipt).map((text) => make("li", "", text)));
    receipt.append(list);
  }
  if (Math.abs(draft.skew ?? 0) >= 1) {
    receipt.append(make("p", "", say("clockWrong", { hours: Math.abs(draft.skew) })));
  }
  const row = taking.canTake ? (await taking.taken(store)).get(act.path) : undefined;
  const state = panel.querySelector("[data-taken]");
  state.textContent = row ? say("takenAt", { at: time(row.at) }) : "";
  panel.querySelector("[data-take]").hidden = !taking.canTake;
}

export function wirePanel(store, draft, act) {
  panel.querySelector("[data-take]").addEventListener("click", act.take);
  panel.querySelector("[data-rescue]").addEventListener("click", () => saveRescueFile(store, [draft]));
}

// What endangers the store, each with the rescue file at hand; of any page.
export async function warn(store, drafts) {
  const place = document.getElementById("field-warnings");
  const { isPersisted, free } = await promised();
  const said = [];
  if (!window.isSecureContext) {
    said.push([words.needsHttps, false]);
  } else if (!taking.canTake) {
    said.push([words.noWorker, false]);
  }
  const counts = await Promise.all((await drafts()).map((draft) => store.countsOf(draft.id)));
  const isWaiting = counts.some((each) => each.entries + each.photos);
  if (store.isMemory) {
    said.push([words.refusedStore, true]);
  } else if (free !== null) {
    said.push([say("nearlyFull", { free: size(free) }), true]);
  } else if (!isPersisted && isWaiting) {
    said.push([words.notPersisted, true]);
  }
  place.replaceChildren(
    ...said.map(([text, isRescue]) => {
      const box = make("div", "field-warning");
      box.append(make("p", "", text));
      if (isRescue) {
        box.append(button("field-button", words.rescue, async () => saveRescueFile(store, await drafts())));
      }
      return box;
    }),
  );
  return isPersisted;
}
