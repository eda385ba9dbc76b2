// Taking pages along: with all that they are made of, each person's own, renewed when they are of an older edition.
import { Stopped, page } from "./line.js";
import { base, edition, person, workerUrl } from "./page.js";

const SCHEMA = "fieldwork-1"; // as in worker.js
const PAGES = `${SCHEMA}-pages-${person}`;
const ASSETS = `${SCHEMA}-assets`;
const WHO = `${base}who`;
const FRESH_FOR = 12 * 3600 * 1000;

export const canTake = window.isSecureContext && "serviceWorker" in navigator && "caches" in window;

// The worker, and whose pages it may give out.
export async function start() {
  if (!canTake) {
    return;
  }
  await (await caches.open(`${SCHEMA}-who`)).put(WHO, new Response(person));
  // Who logs out takes the pages out of reach; what waits to be sent stays.
  document.addEventListener("submit", (event) => {
    if (new URL(event.target.action, location.href).pathname.endsWith("/logout/")) {
      caches.delete(`${SCHEMA}-who`);
    }
  });
  // Logged out or without a line the one that is there stays.
  await navigator.serviceWorker.register(workerUrl, { scope: base }).catch(() => {});
}

// What is taken along opens only once the worker is at work.
async function active() {
  if (!(await navigator.serviceWorker.getRegistration(base))) {
    throw new Stopped("noLine");
  }
  await navigator.serviceWorker.ready;
}

// Keep the page of `url` so that it opens under `path`. Throws `Stopped`.
export async function take(store, url, path = new URL(url, location.href).pathname + new URL(url, location.href).search) {
  await active();
  const answer = await page(url);
  const copy = answer.clone();
  const read = new DOMParser().parseFromString(await answer.text(), "text/html");
  const assets = await assetsOf(read, url);
  const cache = await caches.open(ASSETS);
  await Promise.all(assets.map((each) => keepAsset(cache, each)));
  await (await caches.open(PAGES)).put(path, copy);
  await store.put("pages", { path, url, person, edition, assets, rows: rowsOf(read), at: new Date().toISOString() });
}

// The page that is open as `from` opens under `path` too: a form that was begun without a line.
export async function copyPage(store, from, path) {
  const cache = await caches.open(PAGES);
  const kept = await cache.match(from);
  const row = await store.get("pages", from);
  if (kept && row) {
    await cache.put(path, kept);
    await store.put("pages", { ...row, path, url: path });
  }
}

export async function taken(store) {
  const rows = (await store.all("pages")).filter((row) => row.person === person);
  return new Map(rows.map((row) => [row.path, row]));
}

export async function leave(store, path) {
  await (await caches.open(PAGES)).delete(path);
  await store.remove("pages", path);
}

export function isOld(row) {
  return row.edition !== edition || Date.now() - Date.parse(row.at) > FRESH_FOR;
}

// What no page that was taken along is made of any more goes.
export async function sweep(store) {
  const wanted = new Set((await store.all("pages")).flatMap((row) => row.assets));
  const cache = await caches.open(ASSETS);
  for (const request of await cache.keys()) {
    if (!wanted.has(request.url)) {
      await cache.delete(request);
    }
  }
}

// The rows that a label may name.
function rowsOf(read) {
  return [...read.querySelectorAll("section[data-folded]")].flatMap((section) =>
    JSON.parse(section.querySelector("script").textContent).rows.map(([key]) => `${section.dataset.part}.${key}`),
  );
}

async function assetsOf(read, url) {
  const named = [
    ...[...read.querySelectorAll("link[rel~=stylesheet], link[rel~=modulepreload]")].map((link) => link.getAttribute("href")),
    ...[...read.querySelectorAll("script[src]")].map((script) => script.getAttribute("src")),
  ];
  const found = new Set(named.filter(Boolean).map((name) => new URL(name, new URL(url, location.href)).href));
  for (const sheet of [...found].filter((each) => new URL(each).pathname.endsWith(".css"))) {
    for (const each of await namedIn(sheet)) {
      found.add(each);
    }
  }
  return [...found].filter((each) => new URL(each).origin === location.origin);
}

// Fonts and pictures of a style sheet.
async function namedIn(sheet) {
  const text = await fetch(sheet).then((answer) => (answer.ok ? answer.text() : ""), () => "");
  const names = [...text.matchAll(/url\(\s*["']?([^"')]+)["']?\s*\)/g)].map(([, name]) => name);
  return names.filter((name) => !name.startsWith("data:")).map((name) => new URL(name, sheet).href);
}

async function keepAsset(cache, url) {
  const answer = await fetch(url).catch(() => null);
  if (answer?.ok) {
    await cache.put(url, answer);
  }
}
