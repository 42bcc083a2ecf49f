// Changes that a person makes while the server is out of reach: kept on this device, sent once when it is back.
//
// A page's request is kept if its operation is in the list below, and if it carries an `Idempotency-Key`, so that sending
// it again has no second effect, and an `Idempotency-Account`, so that nobody else's account is changed by it
// (docs/adr/0026). Nothing with a password, a code or money belongs into this list.
const KEPT_OPERATIONS = ["PATCH /api/v1/users/me"];

/** An hour less than the server remembers a key: after that, sending again might be a second time. */
const KEPT_MS = 23 * 60 * 60 * 1000;

const operation = (request) => `${request.method} ${new URL(request.url).pathname}`;

const mayBeKept = (request) =>
  KEPT_OPERATIONS.includes(operation(request)) && ["idempotency-key", "idempotency-account"].every((name) => request.headers.has(name));

/** What was kept earlier goes first: a later change must not be undone by an earlier one. */
async function sendOrKeep(request) {
  // A browser that keeps nothing for us, as in some private windows, keeps no change either.
  const waiting = () => store.count("queue").catch(() => 0);
  if ((await waiting()) > 0) await sendKept();
  if ((await waiting()) > 0) return keep(request);
  const copy = request.clone();
  try {
    return await fetch(request);
  } catch {
    return keep(copy);
  }
}

async function keep(request) {
  const headers = Object.fromEntries(["content-type", "idempotency-key", "idempotency-account"].map((name) => [name, request.headers.get(name)]));
  const { pathname } = new URL(request.url);
  await store.put("queue", { method: request.method, address: pathname, headers, body: await request.text(), since: Date.now() });
  // Where the browser can wake us when the connection is back; elsewhere the page does.
  await self.registration.sync?.register("queue").catch(() => {});
  return Response.json({ kept: await store.count("queue") }, { status: 202, headers: { "mog-kept": "1" } });
}

let sending;

/** Sends what is kept, in its order. Resolves to whether nothing is left. */
function sendKept() {
  sending ??= sendEach().finally(() => (sending = undefined));
  return sending;
}

async function sendEach() {
  for (const id of await store.keys("queue")) {
    const outcome = await send(await store.get("queue", id));
    if (outcome.kind === "later") break;
    if (outcome.kind === "not-theirs") continue;
    // Should we end between these lines, it is sent again, and the server gives the same answer for the same key.
    await store.remove("queue", id);
    await store.put("news", outcome);
    await tellPages();
  }
  return (await store.count("queue")) === 0;
}

async function send({ method, address, headers, body, since }) {
  if (Date.now() - since > KEPT_MS) return { kind: "expired" };
  let answer;
  try {
    answer = await fetch(address, { method, headers, body });
  } catch {
    return { kind: "later" };
  }
  if (answer.ok) return { kind: "sent" };
  const { code, title, detail } = await answer.json().catch(() => ({}));
  // Our keys are new for each change: it is the account that does not fit, and its owner may come back.
  if (code === "idempotency_mismatch") return { kind: "not-theirs" };
  const later = answer.status >= 500 || [401, 408, 429].includes(answer.status) || code === "idempotency_in_flight";
  return later ? { kind: "later" } : { kind: "refused", title, detail };
}

async function tellPages() {
  for (const page of await self.clients.matchAll({ type: "window" })) page.postMessage({ type: "news" });
}
