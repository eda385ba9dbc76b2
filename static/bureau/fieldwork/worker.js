// The service worker of /fieldwork/. The network comes first; what was taken along stands in for it.
"use strict";

const SCHEMA = "fieldwork-1"; // as in taking.js
const ASSETS = `${SCHEMA}-assets`;
const HOME = new URL("./", self.location.href).pathname;
const WHO = `${HOME}who`;
const PATIENCE = 6000; // ms, where a page is at hand
const NAME_NEVER_CHANGES = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const names = await caches.keys();
      const old = names.filter((name) => name.startsWith("fieldwork-") && !name.startsWith(`${SCHEMA}-`));
      await Promise.all(old.map((name) => caches.delete(name)));
      await self.clients.claim();
    })(),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) {
    return;
  }
  if (request.mode === "navigate") {
    event.respondWith(openPage(request, url));
  } else if (["script", "style", "font"].includes(request.destination)) {
    event.respondWith(openAsset(request, url));
  }
});

async function openPage(request, url) {
  const kept = await keptPage(url);
  try {
    const answer = await (kept ? inTime(fetch(request)) : fetch(request));
    // The login has time until there is something to send; and a server that is being restarted is none.
    const isElsewhere = answer.type === "opaqueredirect" || answer.status >= 500;
    return kept && isElsewhere ? kept : answer;
  } catch (problem) {
    const instead = kept ?? (await keptPage(new URL(HOME, url)));
    if (!instead) {
      throw problem;
    }
    return instead;
  }
}

function inTime(answer) {
  return Promise.race([answer, new Promise((_resolve, reject) => setTimeout(reject, PATIENCE, new Error("slow")))]);
}

// The pages of whoever used this browser last; a draft opens under any query, an empty form only under its own.
async function keptPage(url) {
  const who = await caches.match(WHO, { cacheName: `${SCHEMA}-who` });
  if (!who) {
    return undefined;
  }
  const cacheName = `${SCHEMA}-pages-${await who.text()}`;
  const ignoreSearch = !url.pathname.endsWith("/new/");
  return caches.match(url.pathname + (ignoreSearch ? "" : url.search), { cacheName, ignoreSearch });
}

async function openAsset(request, url) {
  const kept = await caches.match(request, { cacheName: ASSETS });
  if (kept && NAME_NEVER_CHANGES.test(url.pathname)) {
    return kept;
  }
  return kept ? inTime(fetch(request)).catch(() => kept) : fetch(request);
}
