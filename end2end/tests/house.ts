// What every test shares: a page that must stay quiet, the studio's handles, pictures to compare.

import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PNG } from "pngjs";

export { expect };

/** A page on which any console error, policy violation or request to another origin fails the test. */
export const test = base.extend<{ expectedFault: RegExp | null }>({
  expectedFault: [null, { option: true }],
  page: async ({ page, baseURL, expectedFault, javaScriptEnabled }, use) => {
    const faults: string[] = [];
    if (javaScriptEnabled !== false) hearClicksAfter(page);
    page.on("console", (message) => {
      // Where a test wants none, Playwright says of each service worker that there is none.
      if (message.text().startsWith("Service Worker registration blocked")) return;
      if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.push(`exception: ${error}`));
    page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (["http:", "https:"].includes(protocol) && origin !== baseURL) faults.push(`request to ${request.url()}`);
    });
    await use(page);
    expect(faults.filter((fault) => !expectedFault?.test(fault))).toEqual([]);
  },
});

/** A page's scripts begin after it was painted: `goto` is over when they have, on pages that have no program beside them. */
function hearClicksAfter(page: Page): void {
  const goto = page.goto.bind(page);
  page.goto = async (url, options) => {
    const answer = await goto(url, options);
    const waits = await page.locator("script[data-scripts]:not([data-program])").count();
    if (waits) await heard(page);
    return answer;
  };
}

const gallery = join(__dirname, "..", "..", "assets", "samples");

/** The gallery's pictures as files, in the order of their names. */
export const samples: string[] = readdirSync(gallery)
  .filter((name) => name.endsWith(".webp") && !/-thumbnail|-look/.test(name))
  .sort()
  .map((name) => join(gallery, name));

/** Opens a page of ours and waits until clicks are heard. */
export async function visit(page: Page, path = "/studio"): Promise<void> {
  await page.goto(path);
  await heard(page);
}

/** Waits until clicks are heard on the page that a click has led to. */
export async function heard(page: Page): Promise<void> {
  await expect(page.locator("body[data-hydrated]")).toBeAttached();
}

/** Opens the menu with the account, the theme and the language, in either language. */
export async function openMenu(page: Page): Promise<void> {
  await page.locator("[popovertarget=account-menu]:visible").click();
  await expect(page.locator("#account-menu")).toBeVisible();
}

/** The stage: its `data-state` says what is going on. */
export function stage(page: Page): Locator {
  return page.locator("[data-state]");
}

/** Waits until the result stands on the stage. */
export async function grafted(page: Page): Promise<void> {
  await expect(stage(page)).toHaveAttribute("data-state", "done");
}

/** The cards of the two photos. */
export const source = (page: Page): Locator => page.getByRole("region", { name: "Face to use" });
export const target = (page: Page): Locator => page.getByRole("region", { name: "Picture to change" });

/** A file that a test makes up. */
export interface Upload {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Gives a card a file, as its file picker would. */
export async function give(card: Locator, file: string | Upload): Promise<void> {
  await card.locator("input[type=file][name]").setInputFiles(file);
}

/** Downloads the result as the PNG that the engine made in the browser. */
export async function downloadPng(page: Page): Promise<PNG> {
  await page.getByRole("button", { name: "Choose a file format" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "PNG" }).press("Enter");
  return PNG.sync.read(readFileSync(await (await download).path()));
}

/** Peak signal-to-noise ratio of two pictures, in decibels (ITU-T J.340). */
export function psnr(a: PNG, b: PNG): number {
  expect([a.width, a.height]).toEqual([b.width, b.height]);
  let squares = 0;
  for (let at = 0; at < a.data.length; at++) squares += (a.data[at] - b.data[at]) ** 2;
  const mean = squares / (a.width * a.height * 3);
  return 10 * Math.log10(255 ** 2 / Math.max(mean, 1e-9));
}

/** Lays pictures side by side in one PNG, drawn by the browser under test. */
export async function sideBySide(page: Page, files: string[]): Promise<Upload> {
  const pictures = files.map((file) => `data:image/jpeg;base64,${readFileSync(file).toString("base64")}`);
  const base64 = await page.evaluate(async (pictures) => {
    const decode = async (address: string) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return image;
    };
    const images = await Promise.all(pictures.map(decode));
    const canvas = document.createElement("canvas");
    canvas.width = images.reduce((width, image) => width + image.width, 0);
    canvas.height = Math.max(...images.map((image) => image.height));
    let left = 0;
    for (const image of images) {
      canvas.getContext("2d")!.drawImage(image, left, 0);
      left += image.width;
    }
    return canvas.toDataURL("image/png").split(",")[1];
  }, pictures);
  return { name: "group.png", mimeType: "image/png", buffer: Buffer.from(base64, "base64") };
}
