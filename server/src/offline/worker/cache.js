// The files and pages that are kept, one cache for each version. They are filled here, at the worker's installation, from
// the server's list and as nobody in particular; no answer to a visitor's own request is ever kept.

const PREFIX = "mog-";
const CACHE = PREFIX + BUILD.id;

/** Answers of somebody who stands before the server, when the server itself is away. */
const AWAY = [502, 503, 504];

/** How long a page that is kept is waited for. */
const PATIENCE_MS = 4000;

/** What a visitor may have chosen over the system's. */
const THEMES = ["dark", "light"];

// A module of one function (f32x4.relaxed_madd): a browser that finds it valid takes the engine with relaxed SIMD, as
// frontend/scripts/engine-worker.js does, and never the other.
const RELAXED_SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0,
  65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 15, 253, 133, 2, 11,
];

/** What this browser will never ask for: of two engines, the one for others. */
function isForOthers(address, addresses) {
  if (!addresses.some((address) => address.startsWith("/pkg/worker-relaxed"))) return false;
  const relaxed = WebAssembly.validate(new Uint8Array(RELAXED_SIMD));
  return relaxed ? /^\/pkg\/worker(_bg)?\./.test(address) : address.startsWith("/pkg/worker-relaxed");
}

const ADDRESSES = BUILD.files.map(([address]) => address);
const OURS = BUILD.files.filter(([address]) => !isForOthers(address, ADDRESSES));
const FILES = new Set(OURS.map(([address]) => address));

async function precache() {
  const cache = await caches.open(CACHE);
  const documents = BUILD.languages.flatMap((language) => BUILD.pages.map((page) => () => keepDocument(cache, page, language)));
  const files = OURS.map(([address, integrity]) => () => keepFile(cache, address, integrity));
  await atMost(6, [...files, ...documents]);
}

/** Carries out all of `tasks`, a few at a time: the page wants its share of the line. */
async function atMost(count, tasks) {
  const next = tasks[Symbol.iterator]();
  const lane = async () => {
    for (const task of next) await task();
  };
  await Promise.all(Array.from({ length: count }, lane));
}

/** The integrity is the build's: should another version be served by now, this one does not become a mixture. */
async function keepFile(cache, address, integrity) {
  const versioned = namesItsContent(address);
  const known = versioned ? await caches.match(address, { ignoreVary: true }) : undefined;
  const ask = (cache) => fetch(address, { integrity, credentials: "omit", cache });
  // What the browser kept under this address may be a part that did not arrive whole: once more, then, from the server.
  const asked = async () => (versioned ? ask("default").catch(() => ask("reload")) : ask("no-cache"));
  const answer = known && (await isWhole(known.clone(), integrity)) ? known : await asked();
  if (!answer.ok) throw new Error(`${address}: status ${answer.status}`);
  await cache.put(address, answer);
}

async function isWhole(answer, integrity) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.arrayBuffer()));
  return integrity === `sha256-${btoa(String.fromCharCode(...hash))}`;
}

/** A page without anybody's name in it. One that is not for everybody stays where it is. */
async function keepDocument(cache, page, language) {
  const answer = await fetch(page, { credentials: "omit", cache: "no-store", headers: { "accept-language": language } });
  if (!answer.ok) throw new Error(`${page}: status ${answer.status}`);
  if (answer.redirected || /private|no-store/.test(answer.headers.get("cache-control") ?? "")) return;
  await cache.put(documentKey(page, language), answer);
}

const documentKey = (page, language) => `/sw.js/${language}${page}`;

/** As the server's own rule: `?v=`, or a hash in the name of the file or its folder. */
const namesItsContent = (address) => /\?v=|-[0-9a-f]{12,16}(_bg)?[./]/.test(address);

/** Removes what no page can still need: a page of the version before may be open, and goes on with its own files. */
async function removeOldCaches() {
  const before = await store.get("state", "active");
  if (before !== BUILD.id) {
    await store.put("state", before, "before");
    await store.put("state", BUILD.id, "active");
  }
  const needed = [CACHE, PREFIX + (await store.get("state", "before"))];
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && !needed.includes(name));
  await Promise.all(names.map((name) => caches.delete(name)));
}

/** A file: its address says its content, so it may come from any version's cache. */
async function file(request) {
  const { pathname, search } = new URL(request.url);
  const cache = await caches.open(CACHE);
  const kept = (await cache.match(pathname + search, { ignoreVary: true })) ?? (await caches.match(request, { ignoreVary: true }));
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    // Asked for without its version, by a page of this one: there is no other while the server is away.
    const unversioned = search ? undefined : await cache.match(pathname, { ignoreSearch: true, ignoreVary: true });
    if (unversioned) return unversioned;
    throw error;
  }
}

/** A page to look at: the server's, and the kept one where the server is away or slow. */
async function page(event) {
  const { pathname } = new URL(event.request.url);
  const network = (async () => (await event.preloadResponse) ?? fetch(event.request))();
  // It is waited for below: whether it fails before or after that is all the same.
  network.catch(() => {});
  const kept = await keptDocument(pathname);
  try {
    const answer = kept ? await Promise.race([network, pause(PATIENCE_MS)]) : await network;
    if (answer && !(kept && AWAY.includes(answer.status))) return answer;
  } catch {
    // What is kept, then.
  }
  return kept ?? away();
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A page as nobody sees it, in language and theme of the last one that was looked at. */
async function keptDocument(pathname) {
  const { language, theme } = (await store.get("state", "look").catch(() => undefined)) ?? {};
  const spoken = BUILD.languages.find((each) => each === (language ?? self.navigator.language.slice(0, 2))) ?? BUILD.languages[0];
  const kept = await (await caches.open(CACHE)).match(documentKey(pathname, spoken), { ignoreVary: true });
  if (!kept || !THEMES.includes(theme)) return kept;
  const text = await kept.text();
  return new Response(text.replace('data-theme="system"', `data-theme="${theme}"`), { headers: kept.headers });
}

/** What is shown instead of a page that only the server can give. */
async function away() {
  const kept = await keptDocument("/offline");
  return kept ? new Response(kept.body, { status: 503, headers: kept.headers }) : Response.error();
}
