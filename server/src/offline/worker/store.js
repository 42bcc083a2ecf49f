// What this device keeps for its person until it is sent or picked up, in IndexedDB.

/** Changes to send, news about those that were, photos on their way to the studio, and two facts about the worker. */
const STORES = ["queue", "news", "photos", "state"];

let opening;

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("mog", 1);
    request.onupgradeneeded = () => STORES.forEach((name) => request.result.createObjectStore(name, { autoIncrement: true }));
    request.onsuccess = () => {
      // Whoever clears this site's data must not wait for us, and we must not go on with a closed one.
      request.result.onversionchange = () => request.result.close();
      request.result.onclose = () => (opening = undefined);
      resolve(request.result);
    };
    request.onerror = () => {
      opening = undefined;
      reject(request.error);
    };
  });
  return opening;
}

/** One piece of work in one store, done when it lies on the disk. */
async function within(store, mode, work) {
  const transaction = (await database()).transaction(store, mode);
  const request = work(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

const store = {
  get: (name, key) => within(name, "readonly", (store) => store.get(key)),
  all: (name) => within(name, "readonly", (store) => store.getAll()),
  keys: (name) => within(name, "readonly", (store) => store.getAllKeys()),
  count: (name) => within(name, "readonly", (store) => store.count()),
  put: (name, value, key) => within(name, "readwrite", (store) => store.put(value, key)),
  remove: (name, key) => within(name, "readwrite", (store) => store.delete(key)),
  clear: (name) => within(name, "readwrite", (store) => store.clear()),
};

/** Everything of a store, which is empty afterwards: of two who ask, one gets it. */
async function takeAll(name) {
  let taken = [];
  await within(name, "readwrite", (store) => {
    const request = store.getAll();
    request.onsuccess = () => (taken = request.result);
    return store.clear();
  });
  return taken;
}

/** Leaves nothing that belongs to a person. */
const forget = () => Promise.all(["queue", "news", "photos"].map(store.clear));
