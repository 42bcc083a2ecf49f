// A change that is made while the server is out of reach: kept on the device, and made exactly once.

import { expect, test, visit } from "./house";
import { LossyProxy, offlineReady, OwnServer, stored } from "./own-server";
import { member } from "./people";

let server: OwnServer;
let proxy: LossyProxy;
test.use({
  serviceWorkers: "allow",
  expectedFault: /ERR_EMPTY_RESPONSE|ERR_INTERNET_DISCONNECTED|status of 422/,
  baseURL: async ({}, use) => {
    proxy = await LossyProxy.start();
    server = await OwnServer.start({ origin: `http://127.0.0.1:${proxy.port}` });
    proxy.target = server.port;
    process.env.MOG_TEST_MAILS = server.folder;
    await use(server.origin);
    delete process.env.MOG_TEST_MAILS;
    await server.end();
    await proxy.end();
  },
});

/** Somebody at her profile, with everything on the device. */
async function atProfile(page: import("@playwright/test").Page): Promise<void> {
  await member(page);
  await visit(page, "/models");
  await offlineReady(page);
  await page.goto("/account");
}

const nameOf = (page: import("@playwright/test").Page) => page.request.get("/api/v1/users/me").then(async (answer) => (await answer.json()).name as string);

test("online, the form is as it was", async ({ page }) => {
  await atProfile(page);
  await page.getByLabel("Name").fill("Ada");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("Saved.");
  await page.getByLabel("Name").evaluate((input: HTMLInputElement) => input.removeAttribute("maxlength"));
  await page.getByLabel("Name").fill("A".repeat(200));
  await page.getByRole("button", { name: "Save" }).click();
  // The server's own page with the fault beside its field.
  await expect(page.getByRole("alert")).toContainText("This text is too long.");
  expect(await nameOf(page)).toBe("Ada");
});

test("made offline, it is kept, said to be kept, and sent when the connection is back", async ({ page, context }) => {
  await atProfile(page);
  await context.setOffline(true);
  await page.getByLabel("Name").fill("Ada");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your change is kept on this device.")).toBeVisible();
  await page.getByLabel("Name").fill("Ada Lovelace");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("2 changes are kept on this device.")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("What you changed offline has been sent.")).toBeVisible();
  await expect.poll(() => stored(page)).toEqual({ queue: 0, news: 0, photos: 0 });
  expect(await nameOf(page)).toBe("Ada Lovelace");
});

test("made while the server is away, it is sent when the server is back, without the page being touched", async ({ page }) => {
  await atProfile(page);
  await server.kill();
  await page.getByLabel("Name").fill("Ada");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your change is kept on this device.")).toBeVisible();
  await server.start();
  await expect(page.getByText("What you changed offline has been sent.")).toBeVisible({ timeout: 60_000 });
  expect(await nameOf(page)).toBe("Ada");
});

test("made, its answer lost, and sent again, it does not undo what came after", async ({ page }) => {
  await atProfile(page);
  proxy.lose = (method, path) => method === "PATCH" && path === "/api/v1/users/me";
  await page.getByLabel("Name").fill("Ada");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your change is kept on this device.")).toBeVisible();
  // Chromium itself asks once more where a connection that it used before breaks off.
  expect(proxy.lost).toBeGreaterThanOrEqual(1);
  proxy.lose = undefined;
  expect(await nameOf(page), "it had its effect").toBe("Ada");
  // Meanwhile, from another device.
  expect((await page.request.patch("/api/v1/users/me", { data: { name: "Countess of Lovelace" }, headers: { origin: server.origin } })).ok()).toBe(true);
  proxy.answers = [];
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(page.getByText("What you changed offline has been sent.")).toBeVisible();
  expect(proxy.answers).toEqual([["PATCH", 200, true]]);
  expect(await nameOf(page), "once is not twice").toBe("Countess of Lovelace");
});

test("refused when it is sent at last, the reason is told", async ({ page, context }) => {
  await atProfile(page);
  await context.setOffline(true);
  await page.getByLabel("Name").evaluate((input: HTMLInputElement) => input.removeAttribute("maxlength"));
  await page.getByLabel("Name").fill("A".repeat(200));
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your change is kept on this device.")).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText("What you changed offline was refused. Some of what you entered needs another look.")).toBeVisible();
  expect((await stored(page)).queue).toBe(0);
});

test("a password is never kept", async ({ page, context }) => {
  await atProfile(page);
  await page.goto("/account/security");
  await context.setOffline(true);
  await page.locator("#password-current").fill("wobbling teapot nineteen cranes");
  await page.locator("#password-password").fill("another teapot entirely nineteen");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("this was not sent")).toBeVisible();
  const tried = await page.evaluate(() =>
    fetch("/api/v1/auth/login", { method: "POST", headers: { "idempotency-key": "a", "idempotency-account": "b" }, body: "{}" }).then(
      (answer) => answer.status,
      () => "no answer",
    ),
  );
  expect(tried).toBe("no answer");
  expect((await stored(page)).queue).toBe(0);
});
