// The app on this device: its service worker, new versions, installing, the connection, what is kept to be sent, and
// photos that come from outside. The same on every page; every page works without it. What it says stands in the page
// already, in its language (app/src/install).

const worker = navigator.serviceWorker;
const notices = document.getElementById("notices");
const root = document.documentElement;

/** Shows a notice, with `value` in the place of its braces. */
function show(name, value = "") {
  const notice = notices?.querySelector(`[data-notice="${name}"]`);
  if (!notice) return;
  const text = notice.querySelector("[data-text]");
  text.textContent = text.dataset.text.replace("{}", value);
  notice.hidden = false;
}

function hide(...names) {
  for (const name of names) notices?.querySelector(`[data-notice="${name}"]`)?.setAttribute("hidden", "");
}

notices?.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")) event.target.closest("[data-notice]").hidden = true;
});

// --- the connection

function connection() {
  if (navigator.onLine) hide("offline", "unsent");
  else show("offline");
}
addEventListener("offline", connection);
addEventListener("online", () => {
  connection();
  say({ type: "send" });
});
connection();

// --- the service worker, and its next version

/** Asks the worker that is at work; undefined if there is none. */
async function say(message) {
  const active = (await registered)?.active;
  if (!active) return undefined;
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    active.postMessage(message, [port2]);
  });
}

const loaded = new Promise((resolve) => (document.readyState === "complete" ? resolve() : addEventListener("load", resolve)));

// Whoever saves data, and has not installed the app, did not ask for what it takes to work offline.
const wanted = worker && (worker.controller || !navigator.connection?.saveData || matchMedia("(display-mode: standalone)").matches);

/** After the page itself: it comes first on the line. */
const registered = wanted ? loaded.then(() => worker.register("/sw.js", { updateViaCache: "none" })).catch(() => undefined) : undefined;

const HOUR_MS = 60 * 60 * 1000;

async function watch() {
  const registration = await registered;
  if (!registration) return;
  const waiting = () => {
    if (registration.waiting && registration.active) show("update");
  };
  const follow = (next) => next?.addEventListener("statechange", waiting);
  registration.addEventListener("updatefound", () => follow(registration.installing));
  follow(registration.installing);
  waiting();
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - looked < HOUR_MS) return;
    looked = Date.now();
    registration.update().catch(() => {});
  });
  await worker.ready;
  // What is kept is there in every language and theme.
  await say({ type: "look", language: root.lang, theme: root.dataset.theme });
  root.dataset.offline = "ready";
}
watch();

notices?.querySelector('[data-act="update"]')?.addEventListener("click", async () => {
  // Only this page: another one may hold photos, and goes on with the files of its own version.
  worker.addEventListener("controllerchange", () => location.reload(), { once: true });
  (await registered).waiting?.postMessage({ type: "activate" });
});

notices?.querySelector('[data-act="stopped"]')?.addEventListener("click", () => location.reload());

// --- installing

let offer;
function offered(event) {
  event.preventDefault();
  offer = event;
  root.dataset.installable = "yes";
}
// It may have come before this file (app/src/start.js).
if (window.installOffer) offered(window.installOffer);
addEventListener("beforeinstallprompt", offered);
addEventListener("appinstalled", () => {
  delete root.dataset.installable;
  navigator.storage?.persist?.();
});

// Apple's browsers install from their own menu only, and do not say so.
const apple = /iPhone|iPad/.test(navigator.userAgent) || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
if (apple && !navigator.standalone) root.dataset.installable = "by-hand";

document.addEventListener("click", async (event) => {
  if (!event.target.closest("[data-install]")) return;
  if (!offer) return show("add-to-home");
  await offer.prompt();
  const { outcome } = await offer.userChoice;
  // An offer is good for one answer.
  offer = undefined;
  if (outcome === "accepted" || outcome === "dismissed") delete root.dataset.installable;
});

// --- changes that are kept while the server is out of reach (docs/adr/0026)

/** `<form data-operation="PATCH /api/…" data-account="id" data-done="/where?to=go">` asks the API as a program would. */
for (const form of document.querySelectorAll("form[data-operation]")) {
  form.addEventListener("submit", async (event) => {
    if (!worker?.controller) return;
    event.preventDefault();
    const [method, address] = form.dataset.operation.split(" ");
    const headers = { "content-type": "application/json", "idempotency-key": crypto.randomUUID(), "idempotency-account": form.dataset.account };
    const body = JSON.stringify(Object.fromEntries(new FormData(form)));
    const answer = await fetch(address, { method, headers, body }).catch(() => undefined);
    if (!answer) show("unsent");
    else if (answer.headers.has("mog-kept")) kept((await answer.json()).kept);
    else if (answer.ok) location.assign(form.dataset.done);
    // The server says what is wrong, as it does without this file: a refusal has changed nothing.
    else form.submit();
  });
}

// Any other form would end on the browser's own page about the connection, and take what was typed along.
document.addEventListener("submit", (event) => {
  if (navigator.onLine || event.defaultPrevented || event.target.method !== "post") return;
  event.preventDefault();
  show("unsent");
});

let left = 0;

// A server that was away for a moment comes back without the browser noticing.
setInterval(() => left && navigator.onLine && say({ type: "send" }), 20_000);

function kept(count) {
  left = count ?? 0;
  hide("sent", "refused", "kept-one", "kept-many");
  if (count) show(count === 1 ? "kept-one" : "kept-many", count);
}

async function news() {
  for (const { kind, title, detail } of (await say({ type: "news" })) ?? []) {
    kept(await say({ type: "waiting" }));
    show(kind, [title, detail].filter(Boolean).join(" "));
  }
}
worker?.addEventListener("message", ({ data }) => {
  if (data?.type === "news") news();
});

async function carryOn() {
  if (!worker?.controller) return;
  // The door after leaving: also where the worker did not see the form itself.
  if (location.pathname === "/sign-in" && location.search.includes("from=signed-out")) await say({ type: "forget" });
  kept(await say({ type: "waiting" }));
  await say({ type: "send" });
  await news();
}
carryOn();

// --- photos from other programs, by sharing or by opening them with the app

const studio = notices?.dataset.studio;

/** Lays files on the studio as if they were dropped, as soon as it listens: it says so by taking them. */
async function drop(files) {
  if (!files?.length) return;
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  const taken = () => !dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
  for (let tries = 0; tries < 300 && !taken(); tries++) await new Promise((resolve) => setTimeout(resolve, 100));
}

if (worker?.controller && location.pathname === studio) say({ type: "photos" }).then(drop);

window.launchQueue?.setConsumer(async ({ files }) => {
  const photos = await Promise.all((files ?? []).map((file) => file.getFile()));
  if (!photos.length || location.pathname === studio) return drop(photos);
  await say({ type: "keepPhotos", photos });
  location.assign(studio);
});
