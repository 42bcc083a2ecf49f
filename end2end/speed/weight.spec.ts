// What the browser fetches to show a page and bring it to life: every script, module and style of the page itself, as it
// comes over the wire. The engine is not part of it, nor the piece that talks to it: they load behind a page that already
// works (docs/adr/0054).

import { type Page, expect, test } from "@playwright/test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What it may weigh at most, however large the app grows. */
const AT_MOST = 200_000;

/** By how much it may grow unnoticed. */
const TOLERANCE = 1.02;

const COMMITTED = join(__dirname, "landing.json");

/** Bytes by file of what belongs to the page. */
async function weigh(page: Page, path: string): Promise<Map<string, number>> {
  const files = new Map<string, number>();
  const sizes: Promise<void>[] = [];
  page.on("requestfinished", (request) => {
    const { pathname } = new URL(request.url());
    if (!/\.(js|wasm|css)$/.test(pathname) || /worker/.test(pathname)) return;
    sizes.push(request.sizes().then(({ responseBodySize }) => void files.set(pathname, responseBodySize)));
  });
  // Who saves data is asked before the demonstration begins, so that nothing of it comes.
  await page.addInitScript(() => Object.defineProperty(navigator, "connection", { value: { saveData: true } }));
  await page.goto(path);
  await expect(page.locator("body[data-hydrated]")).toBeAttached();
  await page.waitForLoadState("networkidle");
  await Promise.all(sizes);
  return files;
}

const total = (files: Map<string, number>) => [...files.values()].reduce((sum, bytes) => sum + bytes, 0);

test("the landing is light and does not grow unnoticed", async ({ page }) => {
  const files = await weigh(page, "/");
  const bytes = total(files);
  console.log(Object.fromEntries(files), `${bytes} bytes in all`);
  if (process.env.REGENERATE) writeFileSync(COMMITTED, JSON.stringify({ brotli_bytes: bytes }, null, 2) + "\n");
  const { brotli_bytes: committed } = JSON.parse(readFileSync(COMMITTED, "utf8"));
  expect(bytes, "REGENERATE=1 cargo xtask test speed, and say in the commit why it grew").toBeLessThanOrEqual(committed * TOLERANCE);
  expect(bytes).toBeLessThanOrEqual(AT_MOST);
});

for (const [path, piece] of [["/studio", "studio"], ["/models", "papers"]]) {
  test(`${path} loads its own code and no other page's`, async ({ page }) => {
    const files = await weigh(page, path);
    console.log(path, Object.fromEntries(files), `${total(files)} bytes in all`);
    const routes = [...files.keys()].filter((name) => name.includes("/split_"));
    expect(routes).toHaveLength(1);
    expect(routes[0]).toContain(`${piece}_route`);
  });
}
