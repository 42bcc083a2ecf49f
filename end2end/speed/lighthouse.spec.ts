// Lighthouse's mobile audit of the pages that people meet first, with its own throttling (a slow phone on slow 4G).
//
// Three categories have no excuse and must be 100. Performance is that of the best run, because a busy machine only makes
// it worse, and may lose some points to the machine that the tests run on all the same.

import { type BrowserContext, chromium, test as base, expect } from "@playwright/test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { member } from "../tests/people";

/** How often a page is looked at until it is quick enough. */
const RUNS = 4;

/** What a busy machine with two shared cores still reaches; what a quiet one does is measured, and not asserted here. */
const PERFORMANCE_AT_LEAST = 60;

interface Figures {
  performance: number;
  accessibility: number;
  "best-practices": number;
  seo: number;
  lcp_ms: number;
  tbt_ms: number;
  cls: number;
  transfer_kib: number;
  faults: string[];
}

const test = base.extend<{}, { browserOnPort: { context: BrowserContext; port: number } }>({
  browserOnPort: [
    async ({}, use) => {
      const profile = mkdtempSync(join(tmpdir(), "mog-lighthouse-"));
      const port = await freePort();
      const { executablePath, args } = test.info().project.use.launchOptions!;
      const context = await chromium.launchPersistentContext(profile, {
        executablePath,
        args: [...args!, `--remote-debugging-port=${port}`],
        baseURL: test.info().project.use.baseURL,
      });
      await use({ context, port });
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}

async function audit(url: string, port: number): Promise<Figures> {
  const { default: lighthouse } = await import("lighthouse");
  // Lighthouse empties caches before each run and leaves cookies: who is signed in stays so.
  const result = await lighthouse(url, { port, output: "json", logLevel: "error" });
  const { audits, categories } = result!.lhr;
  const score = (name: string) => Math.round(100 * (categories[name].score ?? 0));
  const value = (name: string) => Math.round(audits[name].numericValue ?? 0);
  const faults = Object.values(categories)
    .filter((category) => category.id !== "performance")
    .flatMap((category) => category.auditRefs)
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score! < 1)
    .map(({ id }) => `${id}: ${audits[id].title}`);
  return {
    performance: score("performance"),
    accessibility: score("accessibility"),
    "best-practices": score("best-practices"),
    seo: score("seo"),
    lcp_ms: value("largest-contentful-paint"),
    tbt_ms: value("total-blocking-time"),
    cls: audits["cumulative-layout-shift"].numericValue ?? 0,
    transfer_kib: Math.round((audits["total-byte-weight"].numericValue ?? 0) / 1024),
    faults,
  };
}

const table: string[] = ["| page | performance | accessibility | best practices | SEO | LCP ms | TBT ms | CLS | all files KiB |", "|---|---|---|---|---|---|---|---|---|"];

for (const path of ["/", "/studio", "/sign-in", "/account"]) {
  test(`${path} is quick and sound`, async ({ browserOnPort: { context, port }, baseURL }) => {
    if (path === "/account") {
      const page = await context.newPage();
      await member(page);
      await page.close();
    }
    let best = await audit(baseURL + path, port);
    for (let run = 1; run < RUNS && best.performance < 100; run++) {
      const next = await audit(baseURL + path, port);
      if (next.performance > best.performance) best = next;
    }
    table.push(
      `| ${path} | ${best.performance} | ${best.accessibility} | ${best["best-practices"]} | ${best.seo} | ${best.lcp_ms} | ${best.tbt_ms} | ${best.cls.toFixed(3)} | ${best.transfer_kib} |`,
    );
    expect(best.faults).toEqual([]);
    expect(best.performance).toBeGreaterThanOrEqual(PERFORMANCE_AT_LEAST);
  });
}

test.afterAll(() => {
  const text = table.join("\n") + "\n";
  console.log(text);
  if (process.env.MOG_LIGHTHOUSE_TABLE) writeFileSync(process.env.MOG_LIGHTHOUSE_TABLE, text);
});
