// What every test shares: a page that must stay quiet, and the studio's handles.

import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { readdirSync } from "node:fs";
import { join } from "node:path";

export { expect };

/** A page on which any console error, policy violation or request to another origin fails the test. */
export const test = base.extend<{ allowedErrors: RegExp[] }>({
  allowedErrors: [[], { option: true }],
  page: async ({ page, baseURL, allowedErrors }, use) => {
    const faults: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) faults.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => faults.push(`exception: ${error}`));
    page.on("request", (request) => {
      const { protocol, origin } = new URL(request.url());
      if (["http:", "https:"].includes(protocol) && origin !== baseURL) faults.push(`request to ${request.url()}`);
    });
    await use(page);
    const unexpected = faults.filter((fault) => !allowedErrors.some((allowed) => allowed.test(fault)));
    expect(unexpected).toEqual([]);
  },
});

const root = join(__dirname, "..", "..");

/** The gallery's pictures as files, in the order of their names. */
export const samples: string[] = readdirSync(join(root, "assets", "samples"))
  .filter((name) => name.endsWith(".jpg") && !name.endsWith("-thumbnail.jpg"))
  .sort()
  .map((name) => join(root, "assets", "samples", name));

/** Opens a page of ours and waits until clicks are heard. */
export async function visit(page: Page, path = "/"): Promise<void> {
  await page.goto(path);
  await expect(page.locator("body[data-hydrated]")).toBeAttached();
}

/** The stage, whose `data-state` says what is going on. */
export function stage(page: Page): Locator {
  return page.locator("[data-state]").first();
}
