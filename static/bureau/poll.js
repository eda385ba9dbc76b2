// Asks the server again and again how far something is. For the scripts of the pages; every word comes from the server.
"use strict";

// ``show(state)`` gets each answer; after the one with ``is_over`` nothing more is asked. ``say(text)`` gets ``lost``
// while the server does not answer, and ``loggedOut`` once, when it would answer with a login.
function poll({ url, show, say, lost, loggedOut }) {
  const SECOND = 1000;
  let wait = SECOND;

  async function ask() {
    if (document.hidden) {
      return true;
    }
    // X-Poll: nobody is at work here, so the idle time-out goes on.
    const headers = { Accept: "application/json", "X-Poll": "1" };
    const answer = await fetch(url, { headers, redirect: "manual" });
    if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404) {
      say(loggedOut);
      return false;
    }
    if (!answer.ok) {
      throw new Error(answer.status);
    }
    const state = await answer.json();
    show(state);
    return !state.is_over;
  }

  async function follow() {
    let goesOn = true;
    try {
      goesOn = await ask();
      wait = Math.min(wait * 1.2, 3 * SECOND);
    } catch {
      say(lost);
      wait = 10 * SECOND;
    }
    if (goesOn) {
      setTimeout(follow, wait);
    }
  }

  setTimeout(follow, wait);
}
