// The line to the server. `Stopped` says why something did not get through; nothing is lost by that.
import { person } from "./page.js";

export class Stopped extends Error {
  // reason: noLine, loggedOut, otherPerson, refusedAll
  constructor(reason, status = 0) {
    super(reason);
    this.reason = reason;
    this.status = status;
  }
}

function token() {
  return document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
}

// {status, data}: what the server answered to a FormData or to an object that goes as JSON. Throws `Stopped`.
export async function post(url, body) {
  const isForm = body instanceof FormData;
  const headers = { Accept: "application/json", "X-CSRFToken": token(), "X-Person": person };
  const answer = await reach(url, {
    method: "POST",
    body: isForm ? body : JSON.stringify(body),
    redirect: "manual",
    headers: isForm ? headers : { ...headers, "Content-Type": "application/json" },
  });
  if ((answer.headers.get("Content-Type") || "").startsWith("application/json")) {
    const data = await answer.json().catch(() => {
      throw new Stopped("noLine");
    });
    if (data.person) {
      throw new Stopped("otherPerson", answer.status);
    }
    return { status: answer.status, data };
  }
  throw stoppedBy(answer);
}

// A page of ours as it comes from the network. Throws `Stopped`.
export async function page(url) {
  const answer = await reach(url, { redirect: "manual", cache: "no-store", headers: { "X-Poll": "1" } });
  if (answer.type === "opaqueredirect" || !answer.ok) {
    throw stoppedBy(answer);
  }
  return answer;
}

async function reach(url, options) {
  try {
    return await fetch(url, { ...options, signal: AbortSignal.timeout(120_000) });
  } catch {
    throw new Stopped("noLine");
  }
}

function stoppedBy(answer) {
  if (answer.type === "opaqueredirect" || answer.status === 403) {
    return new Stopped("loggedOut", answer.status);
  }
  // Something on the way answers in the place of the server, or the server is being restarted.
  return answer.ok || answer.status >= 500 ? new Stopped("noLine") : new Stopped("refusedAll", answer.status);
}
