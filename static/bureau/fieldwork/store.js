// What is kept on this device: drafts, their fields, removals and photos, and which pages were taken along.
// A browser that refuses keeps it in the page's memory; then `isMemory` is true and the page says so.
import { uuid } from "./ids.js";

const NAME = "fieldwork";
const VERSION = 1;
const KEYS = {
  meta: "key",
  drafts: "id",
  fields: ["draft", "name"],
  removals: "id",
  photos: "id",
  pages: "path",
};
const OF_DRAFT = ["fields", "removals", "photos"];
const NEARLY_FULL = 50 * 1024 * 1024;

function keyOf(store, value) {
  const path = KEYS[store];
  return Array.isArray(path) ? path.map((name) => value[name]) : value[path];
}

// In the browser's database. Every method is one transaction, done when it is on the disk.
class Database {
  static open() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(NAME, VERSION);
      request.onupgradeneeded = () => {
        for (const [store, keyPath] of Object.entries(KEYS)) {
          const made = request.result.createObjectStore(store, { keyPath });
          if (OF_DRAFT.includes(store)) {
            made.createIndex("draft", "draft");
          }
        }
      };
      request.onsuccess = () => resolve(new Database(request.result));
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error("blocked"));
    });
  }

  constructor(connection) {
    this.connection = connection;
    // Another page wants a newer database: it must not wait for this one.
    connection.onversionchange = () => connection.close();
  }

  run(stores, mode, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.connection.transaction(stores, mode, { durability: "strict" });
      let result;
      transaction.oncomplete = () => resolve(result?.());
      transaction.onabort = () => reject(transaction.error);
      result = work(transaction);
    });
  }

  get(store, key) {
    return this.run(store, "readonly", (transaction) => {
      const request = transaction.objectStore(store).get(key);
      return () => request.result;
    });
  }

  all(store, draft) {
    return this.run(store, "readonly", (transaction) => {
      const rows = transaction.objectStore(store);
      const request = draft === undefined ? rows.getAll() : rows.index("draft").getAll(draft);
      return () => request.result;
    });
  }

  put(store, value) {
    return this.run(store, "readwrite", (transaction) => {
      transaction.objectStore(store).put(value);
    });
  }

  remove(store, key) {
    return this.run(store, "readwrite", (transaction) => {
      transaction.objectStore(store).delete(key);
    });
  }

  // What `work` makes of the row that is there: a row to keep, null to delete it, undefined to leave it.
  change(store, key, work) {
    return this.run(store, "readwrite", (transaction) => {
      const rows = transaction.objectStore(store);
      const request = rows.get(key);
      let made;
      request.onsuccess = () => {
        made = work(request.result);
        if (made === null) {
          rows.delete(key);
        } else if (made !== undefined) {
          rows.put(made);
        }
      };
      return () => made;
    });
  }

  // As `change` for several rows, which get the device's next numbers in the same transaction: the rows that were made.
  enterAll(store, keys, work) {
    return this.run(["meta", store], "readwrite", (transaction) => {
      const meta = transaction.objectStore("meta");
      const rows = transaction.objectStore(store);
      const counter = meta.get("sequence");
      const entered = [];
      counter.onsuccess = () => {
        let sequence = counter.result?.value ?? 0;
        for (const [index, key] of keys.entries()) {
          const request = rows.get(key);
          request.onsuccess = () => {
            const made = work(request.result, key);
            if (made) {
              sequence += 1;
              made.sequence = sequence;
              rows.put(made);
              entered.push(made);
            }
            if (index === keys.length - 1) {
              meta.put({ key: "sequence", value: sequence });
            }
          };
        }
      };
      return () => entered;
    });
  }
}

// The same in memory.
class Memory {
  constructor() {
    this.rows = Object.fromEntries(Object.keys(KEYS).map((store) => [store, new Map()]));
  }

  async get(store, key) {
    return this.rows[store].get(String(key));
  }

  async all(store, draft) {
    return [...this.rows[store].values()].filter((row) => draft === undefined || row.draft === draft);
  }

  async put(store, value) {
    this.rows[store].set(String(keyOf(store, value)), value);
  }

  async remove(store, key) {
    this.rows[store].delete(String(key));
  }

  async change(store, key, work) {
    const made = work(this.rows[store].get(String(key)));
    if (made === null) {
      this.rows[store].delete(String(key));
    } else if (made !== undefined) {
      this.rows[store].set(String(key), made);
    }
    return made;
  }

  async enterAll(store, keys, work) {
    const counter = this.rows.meta.get("sequence") ?? { key: "sequence", value: 0 };
    this.rows.meta.set("sequence", counter);
    const entered = [];
    for (const key of keys) {
      const made = await this.change(store, key, (row) => work(row, key));
      if (made) {
        counter.value += 1;
        made.sequence = counter.value;
        entered.push(made);
      }
    }
    return entered;
  }
}

export class Store extends EventTarget {
  constructor(backend, isMemory) {
    super();
    this.backend = backend;
    this.isMemory = isMemory;
  }

  static async open() {
    try {
      return await new Store(await Database.open(), false).known();
    } catch {
      return new Store(new Memory(), true).known();
    }
  }

  // With the id of this device, under which its entries are numbered.
  async known() {
    const found = await this.change("meta", "device", (row) => row ?? { key: "device", value: uuid() });
    this.device = found.value;
    return this;
  }

  async attempt(method, ...given) {
    const backend = this.backend;
    try {
      return await backend[method](...given);
    } catch (problem) {
      if (this.isMemory && backend === this.backend) {
        throw problem;
      }
      await this.goOnInMemory();
      return this.backend[method](...given);
    }
  }

  // The database took no more: what it has comes along, and from now on the page is all there is.
  // The device gets another id, since its numbers are no longer kept.
  async goOnInMemory() {
    if (this.isMemory) {
      return;
    }
    this.isMemory = true;
    const memory = new Memory();
    for (const store of Object.keys(KEYS)) {
      const rows = await this.backend.all(store).catch(() => []);
      await Promise.all(rows.map((row) => memory.put(store, row)));
    }
    this.backend = memory;
    this.device = uuid();
    await memory.put("meta", { key: "device", value: this.device });
    this.dispatchEvent(new Event("refused"));
  }

  get(store, key) {
    return this.attempt("get", store, key);
  }

  all(store, draft) {
    return this.attempt("all", store, draft);
  }

  put(store, value) {
    return this.attempt("put", store, value);
  }

  remove(store, key) {
    return this.attempt("remove", store, key);
  }

  change(store, key, work) {
    return this.attempt("change", store, key, work);
  }

  enterAll(store, keys, work) {
    return this.attempt("enterAll", store, keys, work);
  }

  async enter(store, key, work) {
    return (await this.enterAll(store, [key], work))[0];
  }

  async forget(draft) {
    for (const store of OF_DRAFT) {
      for (const row of await this.all(store, draft)) {
        await this.remove(store, keyOf(store, row));
      }
    }
    await this.remove("drafts", draft);
  }

  // {entries, photos, conflicts, refused}: what of a draft is on this device alone, and what has to be looked at.
  async countsOf(draft) {
    const [fields, removals, photos] = await Promise.all(OF_DRAFT.map((store) => this.all(store, draft)));
    const entries = [...fields, ...removals];
    const among = (rows, state) => rows.filter((row) => row.state === state).length;
    return {
      entries: among(entries, "waiting") + among(entries, "conflict") + among(entries, "refused"),
      photos: among(photos, "waiting") + among(photos, "refused"),
      conflicts: among(entries, "conflict"),
      refused: among(entries, "refused") + among(photos, "refused"),
      waiting: among(entries, "waiting") + among(photos, "waiting"),
    };
  }
}

// What the browser promises: {isPersisted, free}, free in bytes where it is little, else null.
export async function promised() {
  const storage = navigator.storage;
  if (!storage?.estimate) {
    return { isPersisted: false, free: null };
  }
  const isPersisted = (await storage.persist?.().catch(() => false)) ?? false;
  const { quota = 0, usage = 0 } = await storage.estimate();
  const free = quota - usage;
  return { isPersisted, free: free < NEARLY_FULL || usage > quota * 0.8 ? free : null };
}
