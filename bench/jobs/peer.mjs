// graphile-worker on an empty database: jobs enqueued one by one by four connections, then done by four workers with as
// many jobs at once as ours take. Prints {"enqueued_per_s", "done_per_s"}. Usage: peer.mjs MODULES CONNECTION JOBS

import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, connectionString, count] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const { run, runMigrations } = require("graphile-worker");
const { Pool } = require("pg");

const JOBS = Number(count);
const CONNECTIONS = 4;
const BATCH = 25;

const quiet = { logger: new (require("graphile-worker").Logger)(() => () => {}) };
await runMigrations({ connectionString, ...quiet });
const pool = new Pool({ connectionString, max: CONNECTIONS });
const perSecond = (since) => JOBS / ((performance.now() - since) / 1000);

let began = performance.now();
const enqueue = async () => {
  for (let job = 0; job < JOBS / CONNECTIONS; job++) await pool.query("SELECT graphile_worker.add_job('free', '{}'::json)");
};
await Promise.all(Array.from({ length: CONNECTIONS }, enqueue));
const enqueued = perSecond(began);

const left = async () => Number((await pool.query("SELECT count(*) FROM graphile_worker.jobs")).rows[0].count);
began = performance.now();
let done = 0;
const all = new Promise((resolve) => {
  const free = async () => {
    if (++done === JOBS) resolve();
  };
  run({ connectionString, concurrency: CONNECTIONS * BATCH, maxPoolSize: 12, pollInterval: 100, taskList: { free }, noHandleSignals: true, ...quiet });
});
await all;
while ((await left()) > 0) await new Promise((resolve) => setTimeout(resolve, 2));
console.log(JSON.stringify({ enqueued_per_s: Math.round(enqueued), done_per_s: Math.round(perSecond(began)) }));
process.exit(0);
