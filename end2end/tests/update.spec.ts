// A new version: it is offered, comes as a whole, and takes nothing away from a page that goes on with the old one.

import type { Page } from "@playwright/test";
import { expect, test, visit } from "./house";
import { NEXT, offlineReady, OwnServer } from "./own-server";

let server: OwnServer;
test.use({
  serviceWorkers: "allow",
  expectedFault: /ERR_CONNECTION_REFUSED/,
  baseURL: async ({}, use) => {
    server = await OwnServer.start();
    await use(server.origin);
    await server.end();
  },
});

/** The versions that the pieces of this page's program are of. */
const program = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const names = performance.getEntriesByType("resource").map((entry) => /\/pkg\/page-([0-9a-f]+)\//.exec(entry.name)?.[1]);
    return [...new Set(names.filter((name) => name !== undefined))];
  });
const versions = (page: Page) => page.evaluate(() => caches.keys());

test("the next version is offered, taken as a whole, and works offline", async ({ page, context }) => {
  await visit(page, "/models");
  await offlineReady(page);
  const [first] = await versions(page);
  const [old] = await program(page);
  expect(old).not.toBe(NEXT);
  const other = await context.newPage();
  await visit(other, "/models");

  await server.kill();
  await server.start(server.nextVersion());
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())!.update());
  await expect(page.getByText("A new version is ready.")).toBeVisible();
  await expect(other.getByText("A new version is ready.")).toBeVisible();
  // Both lie side by side, and nothing has changed hands.
  expect((await versions(page)).length).toBe(2);
  await server.kill();
  await visit(page, "/models");
  expect(await program(page)).toEqual([old]);

  await page.getByRole("button", { name: "Reload" }).click();
  await expect.poll(() => program(page).catch(() => [])).toEqual([NEXT]);
  await expect(page.locator("body[data-hydrated]")).toBeAttached();
  await visit(page, "/");
  expect(await program(page)).toEqual([NEXT]);

  // The other page was left alone, and still finds the files that it is made of.
  expect(await program(other)).toEqual([old]);
  await other.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Studio" }).click();
  await expect(other.getByRole("region", { name: "Face to use" })).toBeVisible();
  expect(await program(other), "the route that it opens now is of its own version").toEqual([old]);
  expect(await versions(page)).toContain(first);
});

test("online, a page of the next version does not take the old one's files, asked for it or not", async ({ page }) => {
  await visit(page, "/models");
  const [old] = await program(page);
  await offlineReady(page);
  await server.kill();
  await server.start(server.nextVersion());
  await visit(page, "/models");
  expect(await program(page)).toEqual([NEXT]);
  await expect(page.getByText("A new version is ready.")).toBeVisible();
  await page.getByRole("button", { name: "Close this notice" }).click();
  await expect(page.getByText("A new version is ready.")).toBeHidden();
  await server.kill();
  await visit(page, "/");
  expect(await program(page), "offline, the old one as a whole").toEqual([old]);
});
