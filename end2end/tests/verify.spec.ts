// Where a picture comes from: what the studio gives away is labelled, marked and signed, and /verify reads it.

import { readFileSync } from "node:fs";
import { type Page } from "@playwright/test";
import { expect, grafted, samples, test, visit } from "./house";

async function download(page: Page): Promise<Buffer> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download", exact: true }).click();
  return readFileSync(await (await download).path());
}

async function drop(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.locator("input[name=picture]").setInputFiles({ name, mimeType: "image/jpeg", buffer });
}

test("a picture of the studio is known again, and no request carried it", async ({ page, context }) => {
  let largest = 0;
  page.on("request", (request) => (largest = Math.max(largest, request.postDataBuffer()?.length ?? 0)));
  await visit(page, "/studio");
  await grafted(page);
  const file = await download(page);
  expect(largest, "a hash goes out, and no photo").toBeLessThan(1000);

  await visit(page, "/verify");
  await drop(page, "mine.jpg", file);
  const findings = page.locator(".verify-findings");
  await expect(page.getByRole("status")).toHaveText("Made with MOG AI: a face in it was replaced.");
  await expect(findings).toContainText("The pixels carry a mark of MOG AI.");
  await expect(findings).toContainText("Intact");
  await expect(findings).toContainText("MOG AI in a browser");
  const numbers = await findings.getByText(/^[0-9a-f]{16}$/).allTextContents();
  expect(numbers.length).toBe(2);
  expect(numbers[0]).toBe(numbers[1]);

  const tampered = Buffer.from(file);
  tampered[tampered.length - 200] ^= 1;
  await drop(page, "tampered.jpg", tampered);
  await expect(findings).toContainText("Broken: the file was changed");

  await context.setOffline(true);
  await drop(page, "again.jpg", file);
  await expect(findings).toContainText("Intact");
  await context.setOffline(false);
});

test("a picture from elsewhere says nothing, and what is no picture is named", async ({ page }) => {
  await visit(page, "/verify");
  await drop(page, "portrait.webp", readFileSync(samples[0]));
  await expect(page.getByRole("status")).toHaveText("It says nothing, which proves nothing.");
  await drop(page, "text.jpg", Buffer.from("this is a text"));
  await expect(page.locator(".verify-findings")).toContainText("This file is not a photo we can read.");
});
