// What works without the server after one visit, and what is kept on the device for it: never anything of a person's.

import AxeBuilder from "@axe-core/playwright";
import { readFileSync } from "node:fs";
import { expect, give, grafted, openMenu, samples, source, test, visit } from "./house";
import { cached, offlineReady, OwnServer, stored } from "./own-server";
import { member } from "./people";

// What is still on its way when the line is cut fails, and browsers say so.
test.use({ serviceWorkers: "allow", expectedFault: /ERR_INTERNET_DISCONNECTED/ });

const studio = async (page: import("@playwright/test").Page) => (await (await page.request.get("/manifest.webmanifest")).json()).start_url as string;

test.describe("with the server gone", () => {
  let server: OwnServer;
  // Requests that fail are what this is about.
  test.use({
    expectedFault: /ERR_CONNECTION_REFUSED|ERR_FAILED|status of 503/,
    baseURL: async ({}, use) => {
      server = await OwnServer.start();
      await use(server.origin);
      await server.end();
    },
  });

  test("home, studio with one's own photo, and the models page work after one visit", async ({ page }) => {
    const began = Date.now();
    await visit(page, "/");
    const address = await studio(page);
    await offlineReady(page);
    test.info().annotations.push({ type: "offline after", description: `${Date.now() - began} ms` });
    await server.kill();
    await visit(page, "/models");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("What looks at your photo.");
    await visit(page, address);
    await grafted(page);
    await give(source(page), samples[3]);
    await expect(source(page)).toContainText("1 face found");
    await grafted(page);
    await visit(page, "/");
  });

  test("a page of the server's own says why it is not there, and is there again when the server is", async ({ page }) => {
    await visit(page, "/models");
    await offlineReady(page);
    await server.kill();
    const answer = await page.goto("/sign-in?next=/account");
    expect(answer?.status()).toBe(503);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("No connection.");
    await server.start();
    await page.getByRole("link", { name: "Try again" }).click();
    await expect(page).toHaveURL("/sign-in?next=/account");
    await expect(page.locator("#sign-in-email")).toBeVisible();
  });

  test("pages without the server speak the language of the last one with it", async ({ page }) => {
    await visit(page, "/models");
    await openMenu(page);
    await page.getByRole("button", { name: "Français" }).click();
    await expect(page.locator("html")).toHaveAttribute("lang", "fr");
    await offlineReady(page);
    await server.kill();
    await visit(page, "/models");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ce qui regarde votre photo.");
    await page.goto("/account");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Pas de connexion.");
  });
});

test("the page says that it is offline, and a form that cannot be sent keeps what was typed", async ({ page, context }) => {
  await page.goto("/sign-in");
  await page.locator("#sign-in-email").fill("ada@example.org");
  await page.locator("#sign-in-password").fill("wobbling teapot");
  await context.setOffline(true);
  await expect(page.getByText("You are offline. The studio works all the same.")).toBeVisible();
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("this was not sent")).toBeVisible();
  await expect(page.locator("#sign-in-email")).toHaveValue("ada@example.org");
  await context.setOffline(false);
  await expect(page.getByText("You are offline. The studio works all the same.")).toBeHidden();
});

for (const colorScheme of ["dark", "light"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("notices are heard, read, and closed by the keyboard", async ({ page, context }) => {
      await page.goto("/sign-in");
      await context.setOffline(true);
      const notice = page.getByText("You are offline.");
      await expect(notice).toBeVisible();
      await expect(page.locator("#notices")).toHaveAttribute("aria-live", "polite");
      await page.locator("[data-notice=update]").evaluate((update) => update.removeAttribute("hidden"));
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target)])).toEqual([]);
      await page.getByRole("button", { name: "Close this notice" }).first().focus();
      await page.keyboard.press("Enter");
      await expect(notice).toBeHidden();
    });
  });
}

test("what is kept is the build's files and pages without a name, whatever somebody looked at", async ({ page }) => {
  const person = await member(page);
  await page.getByLabel("Name").fill("Ada Lovelace");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("Saved.");
  await visit(page, "/models");
  await openMenu(page);
  await expect(page.locator("#account-menu")).toContainText("Ada Lovelace");
  await offlineReady(page);
  // Now in the worker's hands: everything again.
  for (const path of ["/account", "/account/keys", "/account/security"]) await page.goto(path);
  await visit(page, await studio(page));
  await grafted(page);
  await page.evaluate(() => fetch("/api/v1/users/me"));

  const script = await (await page.request.get("/sw.js")).text();
  const build = JSON.parse(script.split("\n")[0].replace(/^const BUILD = /, "").replace(/;$/, ""));
  const files: string[] = build.files.map(([address]: [string, string]) => address);
  const documents: string[] = build.languages.flatMap((language: string) => build.pages.map((path: string) => `/sw.js/${language}${path}`));
  const all = await cached(page);
  expect(all.map((each) => each.address).sort()).toEqual([...files, ...documents].sort());
  for (const { address, headers, text } of all) {
    expect(headers["cache-control"] ?? "", address).not.toMatch(/private|no-store/);
    for (const own of ["Ada", "Lovelace", person.email]) expect(text, address).not.toContain(own);
  }
});

test("the worker never sees a form's answer, and what is kept speaks of nobody after leaving", async ({ page }) => {
  await member(page);
  await visit(page, "/models");
  await offlineReady(page);
  await page.goto("/account");
  // A change that waits on the device, as if the line had been cut: another person's, so that it stays.
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open("mog");
      request.onsuccess = () => resolve(request.result);
    });
    const writing = database.transaction(["queue", "photos", "news"], "readwrite");
    writing.objectStore("queue").put({
      method: "PATCH",
      address: "/api/v1/users/me",
      headers: { "content-type": "application/json", "idempotency-key": crypto.randomUUID(), "idempotency-account": "another" },
      body: JSON.stringify({ name: "Eve" }),
      since: Date.now(),
    });
    writing.objectStore("photos").put(new File(["x"], "x.jpg"));
    writing.objectStore("news").put({ kind: "sent" });
    await new Promise((resolve) => (writing.oncomplete = resolve));
    database.close();
  });
  await page.goto("/account");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  expect((await (await page.request.get("/api/v1/users/me")).json()).name, "nobody else's name is changed").toBe("");
  expect(await stored(page)).toMatchObject({ queue: 1, photos: 1 });
  const answered = page.waitForResponse((answer) => answer.url().endsWith("/sign-out"));
  await page.getByRole("button", { name: "Sign out" }).first().click();
  expect((await (await answered).allHeaders())["clear-site-data"]).toBe('"cache"');
  await expect(page).toHaveURL(/\/sign-in\?from=signed-out/);
  await expect.poll(() => stored(page)).toEqual({ queue: 0, news: 0, photos: 0 });
});

test("what lies on the device is what the build says, byte for byte", async ({ page }) => {
  await visit(page, "/models");
  await offlineReady(page);
  const kept = await page.evaluate(async () => {
    const script = await (await fetch("/sw.js")).text();
    const build = JSON.parse(script.split("\n")[0].replace(/^const BUILD = /, "").replace(/;$/, ""));
    const cache = await caches.open(`mog-${build.id}`);
    let bytes = 0;
    const wrong = [];
    for (const [address, integrity] of build.files) {
      const content = await (await cache.match(address, { ignoreVary: true }))!.arrayBuffer();
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
      if (`sha256-${btoa(String.fromCharCode(...hash))}` !== integrity) wrong.push(address);
      bytes += content.byteLength;
    }
    return { wrong, bytes, files: build.files.length, script: script.length };
  });
  expect(kept.wrong).toEqual([]);
  expect(kept.files).toBeGreaterThan(30);
  // The list is made of files as they are on the disk, and nothing is on it that no page asks for.
  expect(kept.bytes).toBeGreaterThan(readFileSync(samples[0]).length);
  test.info().annotations.push({ type: "kept", description: JSON.stringify(kept) });
});
