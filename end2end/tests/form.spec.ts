// The studio in a browser without JavaScript is a form.

import { readFileSync } from "node:fs";
import { expect, samples, source, target, test } from "./house";

test.use({ javaScriptEnabled: false });

test("the first page shows a graft that was made beforehand, and leads to the studio", async ({ page }) => {
  await page.goto("/");
  const pictures = page.locator(".home-stage img:visible");
  await expect(pictures).toHaveCount(2);
  for (const picture of await pictures.all()) expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  await expect(page.getByText("Everybody here is drawn")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Use your own photos" }).click();
  await expect(page).toHaveURL("/studio");
});

test("two photos make a page with a picture, which can be saved and deleted", async ({ page, request }) => {
  await page.goto("/studio");
  await source(page).locator("input[type=file]").setInputFiles(samples[0]);
  await target(page).locator("input[type=file]").setInputFiles(samples[1]);
  await page.getByRole("button", { name: "Graft on the server" }).click();
  await expect(page).toHaveURL(/\/swaps\/[0-9a-f]{32}$/);
  const picture = page.getByRole("main").locator("img").first();
  await expect(picture).toBeVisible();
  const address = (await picture.getAttribute("src"))!;
  const answer = await request.get(address);
  expect([answer.status(), answer.headers()["content-type"]]).toEqual([200, "image/jpeg"]);
  expect(Buffer.compare(await answer.body(), readFileSync(samples[1]))).not.toBe(0);

  await page.getByRole("button", { name: /delete/i }).click();
  await expect(page).toHaveURL("/studio");
  expect((await request.get(address)).status()).toBe(404);
});

test("the two samples that are chosen work without any file", async ({ page }) => {
  await page.goto("/studio");
  await page.getByRole("button", { name: "Graft on the server" }).click();
  await expect(page).toHaveURL(/\/swaps\/[0-9a-f]{32}$/);
});

test("a failure leads back to the studio with its sentence", async ({ page }) => {
  await page.goto("/studio");
  const notes = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("Dear diary") };
  await target(page).locator("input[type=file]").setInputFiles(notes);
  await page.getByRole("button", { name: "Graft on the server" }).click();
  await expect(page.getByRole("alert")).toContainText("This file is not a photo we can read.");
  await expect(page.getByRole("alert")).toContainText("Picture to change");
});
