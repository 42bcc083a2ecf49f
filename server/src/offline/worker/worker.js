// The service worker's ears. Each kind of request has one way; all others are none of ours: a form goes to the server
// untouched, with what the browser says about where it comes from.

/** Whoever leaves takes everything of theirs along. */
const LEAVING = ["/sign-out", "/account/delete", "/auth/logout", "/api/v1/auth/logout"];

self.addEventListener("install", (event) => event.waitUntil(precache()));

self.addEventListener("activate", (event) =>
  event.waitUntil(
    (async () => {
      // Where nothing can be remembered, nothing is known to be old.
      await removeOldCaches().catch(() => {});
      await self.registration.navigationPreload?.enable();
      await self.clients.claim();
    })(),
  ),
);

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== self.location.origin) return;
  if (mayBeKept(request)) event.respondWith(sendOrKeep(request));
  else if (request.method === "POST" && pathname === "/share") event.respondWith(takeShared(request));
  else if (request.method === "POST" && LEAVING.includes(pathname) && isOurs(request)) event.waitUntil(forget());
  else if (request.method !== "GET") return;
  else if (request.mode === "navigate") event.respondWith(page(event));
  else if (FILES.has(pathname + search) || /^\/(pkg|assets)\//.test(pathname)) event.respondWith(file(request));
});

/** Sent by a page of ours: the server refuses another website's, and nobody has left. */
const isOurs = (request) => request.referrer.startsWith(`${self.location.origin}/`);

/** Photos that another program shares with us wait here until the studio has opened. */
async function takeShared(request) {
  const photos = (await request.formData()).getAll("photos");
  await keepPhotos(photos.filter((photo) => photo instanceof File));
  return Response.redirect(BUILD.studio, 303);
}

async function keepPhotos(photos) {
  await store.clear("photos");
  for (const photo of photos.slice(0, 2)) await store.put("photos", photo);
}

self.addEventListener("sync", (event) => {
  const all = async () => {
    // The browser asks again later.
    if (!(await sendKept())) throw new Error("some changes are still to be sent");
  };
  if (event.tag === "queue") event.waitUntil(all());
});

/** What pages say, and what they are answered. */
const MESSAGES = {
  activate: () => self.skipWaiting(),
  send: sendKept,
  look: ({ language, theme }) => store.put("state", { language, theme }, "look"),
  waiting: () => store.count("queue"),
  news: () => takeAll("news"),
  photos: () => takeAll("photos"),
  keepPhotos: ({ photos }) => keepPhotos(photos),
  forget,
};

self.addEventListener("message", (event) => {
  const answered = async () => {
    const answer = await MESSAGES[event.data.type]?.(event.data);
    event.ports[0]?.postMessage(answer);
  };
  event.waitUntil(answered());
});
