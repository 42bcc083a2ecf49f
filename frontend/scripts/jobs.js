// The tray of jobs: what the server does for whoever is signed in, as it happens. `frontend/scripts/shell.js` loads this file where
// there is a tray. Nothing is asked for until there is a job: one list at the start, then a stream while one is under way.

const tray = document.getElementById("job-tray");
const button = document.getElementById("job-tray-button");
const list = tray.querySelector(".tray-list");
const news = tray.querySelector(".tray-news");
const says = JSON.parse(tray.dataset.sentences);

const API = "/api/v1/jobs";
const ENDS = ["succeeded", "failed", "dead", "cancelled"];

/** How often to ask where no stream can be had, in milliseconds. */
const ASK_EVERY = 3000;

/** How many jobs the tray shows. */
const MOST = 8;

/** What is known of each job, by its id; `last_seq` is the number of the last event that was taken in. */
const jobs = new Map();

const isOpen = (job) => !ENDS.includes(job.state);
const anyOpen = () => [...jobs.values()].some(isOpen);

// --- what happens

/** Takes an event in, if it is the next one. One from further on says that some were missed: false. */
function take(event) {
  const job = jobs.get(event.job_id);
  if (!job) return false;
  if (event.seq <= job.last_seq) return true;
  if (event.seq > job.last_seq + 1) return false;
  job.last_seq = event.seq;
  const changes = {
    queued: { state: "queued", percent: 0, failure: undefined },
    started: { state: "running", started_at_ms: event.at_ms, percent: 0 },
    progress: { percent: event.percent },
    postponed: { state: "queued", failure: event.failure },
    cancel_asked: { stopping: true },
    succeeded: { state: "succeeded", percent: 100, output: event.output },
    failed: { state: "failed", failure: event.failure },
    dead: { state: "dead", failure: event.failure },
    cancelled: { state: "cancelled" },
  };
  Object.assign(job, changes[event.event]);
  if (ENDS.includes(event.event)) {
    news.textContent = `${title(job)}: ${state(job)}`;
    count();
  }
  draw();
  return true;
}

async function load() {
  const answer = await fetch(`${API}?limit=${MOST}`);
  if (!answer.ok) return;
  for (const job of (await answer.json()).items) jobs.set(job.id, { ...jobs.get(job.id), ...job });
  draw();
  if (anyOpen()) follow();
}

// --- the stream, and asking where there is none

let socket;
let failures = 0;

function follow() {
  if (socket) return;
  if (failures > 2) return ask();
  socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}${API}/stream`);
  const seen = () => Object.fromEntries([...jobs].map(([id, job]) => [id, job.last_seq]));
  socket.addEventListener("open", () => socket.send(JSON.stringify({ last_seq: seen() })));
  socket.addEventListener("message", (message) => {
    failures = 0;
    // A job of another tab, or a gap: the list knows.
    if (!take(JSON.parse(message.data))) load();
    if (!anyOpen()) socket.close();
  });
  socket.addEventListener("close", () => {
    socket = undefined;
    failures += 1;
    if (anyOpen()) setTimeout(follow, Math.min(500 * 2 ** failures, 15_000) * (0.5 + Math.random() / 2));
  });
}

async function ask() {
  for (const [id, job] of jobs) {
    if (!isOpen(job)) continue;
    const answer = await fetch(`${API}/${id}/events?last_seq=${job.last_seq}`).catch(() => undefined);
    if (answer?.ok) for (const event of await answer.json()) take(event);
  }
  if (anyOpen()) setTimeout(ask, ASK_EVERY);
}

// --- what is shown

const title = (job) => says.kinds[job.kind] ?? says.other;
const state = (job) => says.failures[job.failure] ?? says.states[job.state];

/** What is left at the pace so far, such as `12 s left`; nothing before there is a pace. */
function left(job) {
  if (job.state !== "running" || !(job.percent > 5) || !job.started_at_ms) return "";
  const ms = ((Date.now() - job.started_at_ms) / job.percent) * (100 - job.percent);
  return ` · ${says.left.replace("{}", Math.max(1, Math.round(ms / 1000)))}`;
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function action(label, act) {
  const pressed = element("button", "button", label);
  pressed.type = "button";
  pressed.addEventListener("click", act);
  return pressed;
}

async function post(job, what) {
  const answer = await fetch(`${API}/${job.id}/${what}`, { method: "POST" });
  const body = await answer.json();
  if (!answer.ok) news.textContent = `${body.title} ${body.detail}`;
  await load();
}

function actions(job) {
  if (isOpen(job)) return job.stopping ? [] : [action(says.cancel, () => post(job, "cancel"))];
  if (job.state !== "succeeded") return [action(says.retry, () => post(job, "retry"))];
  const media = job.output?.media_id;
  if (!media) return [];
  const open = element("a", "button", says.open);
  open.href = `/media/${media}`;
  open.rel = "external";
  return [open];
}

function row(job) {
  const made = element("li", "tray-row");
  const text = element("div", "row-text");
  text.append(element("p", "row-title", title(job)));
  const waits = job.state === "queued" && job.failure;
  text.append(element("p", "row-note", waits ? says.waiting_retry : state(job) + left(job)));
  if (isOpen(job)) {
    const bar = element("progress", "tray-progress");
    bar.max = 100;
    bar.value = job.percent;
    bar.setAttribute("aria-label", title(job));
    text.append(bar);
  }
  made.append(text, ...actions(job));
  made.dataset.state = job.state;
  return made;
}

/** What there is to spend: an order takes from it, and some ends give back. */
async function count() {
  const answer = await fetch("/api/v1/credits").catch(() => undefined);
  const shown = document.querySelector("[data-credits]");
  if (answer?.ok && shown) shown.textContent = (await answer.json()).available.toLocaleString(document.documentElement.lang);
}

function draw() {
  const newest = [...jobs.values()].sort((one, other) => (one.id < other.id ? 1 : -1)).slice(0, MOST);
  // What had the focus keeps it: the rows are made anew.
  const focused = [...list.querySelectorAll("button, a")].indexOf(document.activeElement);
  list.replaceChildren(...newest.map(row));
  if (focused >= 0) list.querySelectorAll("button, a")[focused]?.focus();
  tray.querySelector(".tray-none").hidden = newest.length > 0;
  const open = newest.filter(isOpen).length;
  button.hidden = newest.length === 0;
  button.querySelector(".tray-count").textContent = open || "";
  button.dataset.busy = String(open > 0);
}

/** Another script asked for a job. */
addEventListener("mog:job", (event) => {
  jobs.set(event.detail.id, event.detail);
  failures = 0;
  draw();
  if (!tray.matches(":popover-open")) tray.showPopover();
  follow();
  count();
});

// The studio's button. What it does is fetched when it is needed.
addEventListener("click", async (event) => {
  const wanted = event.target.closest?.("[data-hd]");
  if (wanted) (await import(tray.dataset.hdScript)).ask(wanted);
});

load().catch(() => {});
