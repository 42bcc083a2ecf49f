// The library in a browser: what is sent there, kept, shared, deleted and had back. And what never goes there.

import { expect, give, grafted, samples, source, target, test, visit } from "./house";
import { member } from "./people";
import { readFileSync } from "node:fs";

test("a picture is added, kept, shared, deleted and had back", async ({ page, browser }) => {
  await member(page);
  await page.goto("/library");
  await expect(page.getByText("Nothing here yet.")).toBeVisible();
  await page.locator("input[type=file]").setInputFiles(samples[0]);
  await expect(page.getByRole("status")).toHaveText("It is in your library.");
  const shot = page.locator(".shot");
  await expect(shot).toHaveCount(1);
  const picture = shot.locator(".shot-picture");
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);

  await shot.getByRole("button", { name: "Keep" }).click();
  await expect(page.getByRole("status")).toHaveText("It stays until you delete it.");
  await expect(shot).toHaveAttribute("data-kept", "true");

  await shot.getByRole("button", { name: "Make a link for a week" }).click();
  const link = (await page.locator("#link").textContent())!;
  const stranger = await browser.newContext({ serviceWorkers: "block" });
  const seen = await stranger.request.get(link);
  expect([seen.status(), seen.headers()["content-type"]]).toEqual([200, "image/jpeg"]);
  expect((await stranger.request.get(link.replace("signature=", "signature=A"))).status()).toBe(404);
  expect((await stranger.request.get(link.split("?")[0])).status()).toBe(401);
  await stranger.close();

  await shot.getByRole("button", { name: "Delete" }).click();
  await expect(shot).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(shot).toHaveCount(1);
});

test.describe("with a file that is none", () => {
  test.use({ expectedFault: /status of 415/ });

  test("the page says what is wrong and what to do", async ({ page }) => {
    await member(page);
    await page.goto("/library");
    const liar = { name: "me.webp", mimeType: "image/webp", buffer: Buffer.from("<html><script>alert(1)</script>") };
    await page.locator("input[type=file]").setInputFiles(liar);
    await expect(page.getByRole("alert")).toContainText("This kind of file is not kept here.");
    await expect(page.locator(".shot")).toHaveCount(0);
  });
});

test("no request carries a photo of the studio, nor the result", async ({ page }) => {
  const sent: { url: string; bytes: number }[] = [];
  page.on("request", (request) => {
    const bytes = request.postDataBuffer()?.length ?? 0;
    if (request.method() !== "GET" || bytes > 0) sent.push({ url: request.url(), bytes });
  });
  // A photo's bytes could hide in an address, too.
  const long: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith("data:") && !request.url().startsWith("blob:") && request.url().length > 1000) long.push(request.url());
  });
  await visit(page);
  await give(source(page), { name: "me.webp", mimeType: "image/webp", buffer: readFileSync(samples[0]) });
  await give(target(page), { name: "you.webp", mimeType: "image/webp", buffer: readFileSync(samples[1]) });
  await grafted(page);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Choose a file format" }).click();
  await page.getByRole("button", { name: "PNG" }).press("Enter");
  await download;
  // No photo is so small; what is left is at most a word about the page itself.
  expect(sent.filter(({ bytes }) => bytes > 2048)).toEqual([]);
  expect(sent.filter(({ url }) => /swaps|media|library|share/.test(url))).toEqual([]);
  expect(long).toEqual([]);
});

test("privacy and reports are there for anybody, in both languages", async ({ page }) => {
  await page.goto("/privacy");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your photos stay with you.");
  await page.goto("/report");
  await page.locator("#report-address").fill("https://elsewhere.example/picture.jpg");
  await page.getByRole("button", { name: "Report it" }).click();
  await expect(page.getByRole("status")).toContainText("The report has arrived");
  await page.context().addCookies([{ name: "language", value: "fr", url: page.url() }]);
  await page.goto("/privacy");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Vos photos restent chez vous.");
});
