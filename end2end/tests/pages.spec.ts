// Every page: what anyone can use, and what the models page promises.

import AxeBuilder from "@axe-core/playwright";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, grafted, test, visit } from "./house";

for (const colorScheme of ["dark", "light"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    for (const path of ["/", "/models"]) {
      test(`${path} has no accessibility violation`, async ({ page }) => {
        await visit(page, path);
        if (path === "/") await grafted(page);
        const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]).analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target)])).toEqual([]);
      });
    }
  });
}

for (const width of [320, 390, 768, 1440]) {
  test(`nothing is cut off at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await visit(page);
    await grafted(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

test("the models page shows origin, licence and hash of every model", async ({ page }) => {
  await visit(page, "/models");
  const manifest = JSON.parse(readFileSync(join(__dirname, "../../models/manifest.json"), "utf8"));
  const main = page.getByRole("main");
  await expect(main).toContainText(manifest.package.name);
  await expect(main).toContainText(manifest.package.licence);
  for (const model of manifest.models) {
    await expect(main).toContainText(model.title);
    await expect(main).toContainText(model.sha256);
  }
});

test("files of the page come compressed and are kept for ever", async ({ page }) => {
  const answers: Record<string, string>[] = [];
  page.on("response", async (response) => {
    if (/\.(wasm|js|css)(\?v=|$)/.test(response.url()) && response.url().includes("/pkg/")) answers.push(await response.allHeaders());
  });
  await visit(page);
  await grafted(page);
  expect(answers.length).toBeGreaterThanOrEqual(4);
  for (const headers of answers) {
    expect(headers["content-encoding"]).toBe("br");
    expect(headers["cache-control"]).toContain("immutable");
  }
});
