// A swap at full size: asked for in the studio, made on the server, told in the tray, kept in the library, and gone with the
// statement that allowed it.

import { type Page } from "@playwright/test";
import { expect, give, grafted, samples, source, test, visit } from "./house";
import { member } from "./people";

const tray = (page: Page) => page.getByRole("dialog", { name: "Jobs" });

/** Signs somebody in who never made anything here, and opens the studio. */
async function studio(page: Page): Promise<void> {
  await member(page);
  await visit(page, "/studio");
  await grafted(page);
}

/** Answers what the studio asks before photos leave the device. */
async function order(page: Page): Promise<void> {
  await page.getByRole("button", { name: "HD" }).click();
  const asked = page.getByRole("dialog", { name: "Make it in HD" });
  await expect(asked).toContainText("all photos of this swap are sent to it");
  await asked.getByRole("radio", { name: "Nobody’s: it is drawn" }).check();
  await asked.getByRole("checkbox", { name: "I am 18 or older." }).check();
  await asked.getByRole("button", { name: "Send and make it" }).click();
  await expect(asked).toBeHidden();
}

test("a swap at full size is made on the server, paid for, kept, and withdrawn with its statement", async ({ page }) => {
  await studio(page);
  await order(page);
  const row = tray(page).getByRole("listitem");
  await expect(row).toContainText("Done", { timeout: 60_000 });
  await expect(page.locator("[data-credits]")).toHaveText("29");
  const made = await row.getByRole("link", { name: "Open" }).getAttribute("href");
  const picture = await page.request.get(made!);
  expect([picture.status(), picture.headers()["content-type"]]).toEqual([200, "image/jpeg"]);

  await page.goto("/account/credits");
  await expect(page.locator("main")).toContainText("29");
  await page.goto("/library");
  await expect(page.locator("main")).toContainText("-swap.jpg");

  await page.goto("/account/faces");
  await page.locator("summary", { hasText: "Withdraw" }).click();
  await page.getByRole("button", { name: "Withdraw and remove" }).click();
  await expect.poll(async () => (await page.request.get(made!)).status()).toBe(404);
});

test("several photos of one face go along, and are fused", async ({ page }) => {
  await studio(page);
  await give(source(page), samples[2]);
  await source(page).getByLabel("Add photos of this face, up to four").setInputFiles(samples[4]);
  await expect(source(page).getByRole("button", { name: /^Remove photo/ })).toHaveCount(1);
  await grafted(page);
  const asked = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith("/api/v1/jobs"));
  await order(page);
  const { sources, fused } = (await asked).postDataJSON();
  expect([sources.length, new Set(sources).size, fused]).toEqual([2, 2, true]);
  await expect(tray(page).getByRole("listitem")).toContainText("Done", { timeout: 60_000 });
});

test("nothing is sent before the questions are answered", async ({ page }) => {
  await studio(page);
  const sent: string[] = [];
  page.on("request", (request) => request.method() !== "GET" && sent.push(request.url()));
  await page.getByRole("button", { name: "HD" }).click();
  const asked = page.getByRole("dialog", { name: "Make it in HD" });
  await asked.getByRole("button", { name: "Send and make it" }).click();
  await expect(asked).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(asked).toBeHidden();
  expect(sent).toEqual([]);
});

test.describe("out of reach", () => {
  test.use({ expectedFault: /ERR_FAILED/ });

  test("a server that is out of reach is said where it was asked, in our words", async ({ page }) => {
    await studio(page);
    await page.route("**/api/v1/media", (route) => route.abort());
    await page.getByRole("button", { name: "HD" }).click();
    const asked = page.getByRole("dialog", { name: "Make it in HD" });
    await asked.getByRole("radio", { name: "My own" }).check();
    await asked.getByRole("checkbox", { name: "I am 18 or older." }).check();
    await asked.getByRole("button", { name: "Send and make it" }).click();
    await expect(asked.getByRole("alert")).toContainText("did not reach the server");
  });
});
