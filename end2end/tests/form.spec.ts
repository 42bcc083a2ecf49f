// The studio in a browser without JavaScript is a form.

import { readFileSync } from "node:fs";
import { expect, samples, source, target, test } from "./house";

test.use({ javaScriptEnabled: false });

test("two photos make a page with a picture, which can be saved and deleted", async ({ page, request }) => {
  await page.goto("/");
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
  await expect(page).toHaveURL("/");
  expect((await request.get(address)).status()).toBe(404);
});

test("the two samples that are chosen work without any file", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Graft on the server" }).click();
  await expect(page).toHaveURL(/\/swaps\/[0-9a-f]{32}$/);
});

test("a failure leads back to the studio with its sentence", async ({ page }) => {
  await page.goto("/");
  const notes = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("Dear diary") };
  await target(page).locator("input[type=file]").setInputFiles(notes);
  await page.getByRole("button", { name: "Graft on the server" }).click();
  await expect(page.getByRole("alert")).toContainText("This file is not a photo we can read.");
  await expect(page.getByRole("alert")).toContainText("Picture to change");
});
