// Every page: what anyone can use, and what the models page promises.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { violations } from "./access";
import { expect, grafted, test, visit } from "./house";
import { member } from "./people";

for (const colorScheme of ["dark", "light"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    for (const path of ["/", "/studio", "/models", "/design"]) {
      test(`${path} has no accessibility violation`, async ({ page }) => {
        await visit(page, path);
        if (path === "/" || path === "/studio") await grafted(page);
        expect(await violations(page)).toEqual([]);
      });
    }

    test("no door has an accessibility violation", async ({ page }) => {
      const doors = ["/sign-up", "/sign-in?from=needed", "/check-your-mail", "/confirm-address?token=x", "/forgot-password", "/reset-password?token=x"];
      for (const path of doors) {
        await page.goto(path);
        expect(await violations(page), path).toEqual([]);
      }
    });

    test.describe(() => {
      test.use({ expectedFault: /status of 4/ });

      test("no page of the account has an accessibility violation", async ({ page }) => {
        await member(page);
        for (const path of ["/account", "/account/settings", "/account/security", "/account/keys", "/account/data", "/account/delete"]) {
          await page.goto(path);
          for (const summary of await page.locator("summary").all()) await summary.click();
          expect(await violations(page), path).toEqual([]);
        }
        await page.goto("/account/security");
        await page.locator("#password-current").fill("not the password at all");
        await page.locator("#password-password").fill("short");
        await page.getByRole("button", { name: "Change password" }).click();
        await expect(page.getByRole("alert")).toBeVisible();
        expect(await violations(page), "a refused form").toEqual([]);
        await page.goto("/account/security");
        await page.getByRole("button", { name: "Set up" }).click();
        expect(await violations(page), "the second step").toEqual([]);
      });
    });
  });
}

for (const width of [320, 390, 768, 1440]) {
  test(`nothing is cut off at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    await visit(page);
    await grafted(page);
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await member(page);
    for (const path of ["/", "/models", "/design", "/sign-up", "/account", "/account/settings", "/account/security", "/account/keys", "/account/data"]) {
      await page.goto(path);
      expect(await overflow(), path).toBeLessThanOrEqual(0);
    }
  });
}

test("the models page shows origin, licence and hash of every model", async ({ page }) => {
  await visit(page, "/models");
  const manifest = JSON.parse(readFileSync(join(__dirname, "../../models/manifest.json"), "utf8"));
  const main = page.getByRole("main");
  for (const { name, version, licence, integrity } of manifest.packages) {
    for (const fact of [`${name} ${version}`, licence, integrity]) await expect(main).toContainText(fact);
  }
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
