// Pages as they are for people who enlarge them, choose their own colours, or listen.

import { tabTo, violations } from "./access";
import { expect, grafted, stage, test, visit } from "./house";
import { member } from "./people";

/** The app's own pages, and the account's documents, which have no program to wait for. */
const APP = ["/", "/studio", "/live", "/verify", "/models", "/design"];
const DOORS = ["/sign-up", "/sign-in", "/forgot-password"];
const ACCOUNT = ["/account", "/account/settings", "/account/security", "/account/keys", "/account/data", "/account/delete"];

for (const colorScheme of ["dark", "light"] as const) {
  // What a window of 1280 by 800 becomes: half as many CSS pixels, each twice as large.
  test.describe(`at 200 % zoom, ${colorScheme}`, () => {
    test.use({ colorScheme, viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

    test("no page breaks a rule or is cut off", async ({ page }) => {
      const check = async (path: string) => {
        expect(await violations(page), path).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0);
      };
      for (const path of APP) {
        await visit(page, path);
        await check(path);
      }
      for (const path of DOORS) {
        await page.goto(path);
        await check(path);
      }
      await member(page);
      for (const path of ACCOUNT) {
        await page.goto(path);
        await check(path);
      }
    });
  });
}

test.describe("in forced colours", () => {
  test.use({ contextOptions: { forcedColors: "active", reducedMotion: "reduce" } });

  test("what is chosen still looks chosen, and buttons have an edge", async ({ page }) => {
    await visit(page, "/studio");
    await grafted(page);
    const look = (selector: string) =>
      page.locator(selector).first().evaluate((element) => {
        const { backgroundColor, color, outline, borderTopColor, borderTopWidth, borderTopStyle, boxShadow } = getComputedStyle(element);
        return JSON.stringify({ backgroundColor, color, outline, borderTopColor, borderTopWidth, borderTopStyle, boxShadow });
      });
    expect(await look(".nav-link[aria-current]")).not.toBe(await look(".nav-link:not([aria-current])"));
    expect(await look(".sample:has(:checked)")).not.toBe(await look(".sample:not(:has(:checked))"));
    const edges = await page.locator("main button:visible, main .button:visible").evaluateAll((buttons) =>
      buttons
        .filter((button) => button.textContent?.trim())
        .map((button) => [button.textContent, getComputedStyle(button).borderTopStyle, parseFloat(getComputedStyle(button).borderTopWidth)]),
    );
    for (const [name, style, width] of edges) expect([style !== "none", Number(width) > 0], String(name)).toEqual([true, true]);
    await tabTo(page, page.getByRole("slider", { name: "Likeness" }));
    expect(await violations(page, true)).toEqual([]);
  });

  test("every page can be read", async ({ page }) => {
    for (const path of APP) {
      await visit(page, path);
      expect(await violations(page, true), path).toEqual([]);
    }
    await member(page);
    for (const path of ACCOUNT) {
      await page.goto(path);
      expect(await violations(page, true), path).toEqual([]);
    }
  });
});

test("one click does what a drag of the seam does", async ({ page }) => {
  await visit(page, "/studio");
  await grafted(page);
  const box = (await stage(page).boundingBox())!;
  await page.mouse.click(box.x + box.width * 0.8, box.y + box.height / 2);
  const seam = page.getByRole("slider", { name: "Before and after" });
  await expect.poll(async () => Number(await seam.inputValue())).toBeGreaterThan(60);
});

// What a screen reader has to tell, as an outline that is kept beside this test: a change of it is to be seen in a commit.
// `cargo xtask test end2end --update-pictures` writes them anew.
test.describe("read aloud", () => {
  const outlines = [
    { name: "home", path: "/", graft: true },
    { name: "studio", path: "/studio", graft: true },
    { name: "models", path: "/models" },
    { name: "nothing", path: "/nonsense" },
  ];
  for (const { name, path, graft } of outlines) {
    test.describe(() => {
      test.use({ expectedFault: /status of 404/ });
      test(`${name} has its outline`, async ({ page }) => {
        await visit(page, path);
        if (graft) await grafted(page);
        await expect(page.locator("body")).toMatchAriaSnapshot({ name: `${name}.aria.yml` });
      });
    });
  }

  for (const name of ["sign-in", "sign-up"]) {
    test(`${name} has its outline`, async ({ page }) => {
      await page.goto(`/${name}`);
      await expect(page.locator("body")).toMatchAriaSnapshot({ name: `${name}.aria.yml` });
    });
  }

  test("the studio in French has its outline", async ({ page }) => {
    await visit(page, "/studio?lang=fr");
    await grafted(page);
    await expect(page.locator("body")).toMatchAriaSnapshot({ name: "studio-fr.aria.yml" });
  });

  test("the account has its outlines", async ({ page }) => {
    await member(page);
    for (const path of ["/account/settings", "/account/keys", "/account/data"]) {
      await page.goto(path);
      await expect(page.getByRole("main")).toMatchAriaSnapshot({ name: `${path.slice(1).replace("/", "-")}.aria.yml` });
    }
  });
});
