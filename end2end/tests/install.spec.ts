// The app as something to install: what Chromium itself says of it, the button, and both languages.

import { expect, openMenu, test, visit } from "./house";
import { offlineReady } from "./own-server";

test.use({ serviceWorkers: "allow" });

test("Chromium finds the manifest without a fault, and nothing that stands against installing", async ({ page, context }) => {
  for (const path of ["/models", "/sign-in"]) {
    await visit(page, path);
    const devtools = await context.newCDPSession(page);
    const { url, errors, data } = await devtools.send("Page.getAppManifest");
    expect(errors, path).toEqual([]);
    expect(url).toContain("/manifest.webmanifest?lang=en");
    expect(JSON.parse(data!).share_target.action).toBe("/share");
    const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
    // Playwright's contexts are private windows, where no app can be installed.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== "in-incognito"), path).toEqual([]);
  }
});

test("every icon and picture has the size that the manifest says", async ({ page }) => {
  await page.goto("/sign-in");
  const { icons, screenshots } = await (await page.request.get("/manifest.webmanifest")).json();
  for (const { src, sizes, type } of [...icons, ...screenshots]) {
    if (sizes === "any") continue;
    const size = await page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    expect([size, (await page.request.get(src)).headers()["content-type"]], src).toEqual([sizes, type]);
  }
});

for (const [locale, description, label] of [
  ["en-GB", "Put one face where another was", "Install the app"],
  ["fr-CH", "Posez un visage", "Installer l’application"],
] as const) {
  test.describe(locale, () => {
    test.use({ locale });

    test("the app is offered in the visitor's language, and only where it can be installed", async ({ page }) => {
      await visit(page, "/models");
      const href = await page.locator("link[rel=manifest]").getAttribute("href");
      expect((await (await page.request.get(href!)).json()).description).toContain(description);
      const button = page.getByRole("button", { name: label });
      await expect(button).toBeHidden();
      await page.evaluate(() => {
        const offer = new Event("beforeinstallprompt", { cancelable: true });
        Object.assign(offer, { prompt: async () => void (document.title = "asked"), userChoice: Promise.resolve({ outcome: "accepted" }) });
        dispatchEvent(offer);
      });
      await expect(button).toBeVisible();
      await button.focus();
      await page.keyboard.press("Enter");
      await expect(page).toHaveTitle("asked");
      await expect(button).toBeHidden();
    });
  });
}

test.describe("on an iPhone", () => {
  test.use({ userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1" });

  test("the button says how", async ({ page }) => {
    await visit(page, "/models");
    await page.getByRole("button", { name: "Install the app" }).click();
    await expect(page.getByText("choose “Add to Home Screen”")).toBeVisible();
  });
});

test("the worker comes after the page, and asks for nothing that the page has not", async ({ page }) => {
  const answer = await page.request.get("/sw.js");
  expect(answer.headers()["cache-control"]).toBe("no-cache");
  expect(answer.headers()["content-type"]).toContain("text/javascript");
  await visit(page, "/models");
  await offlineReady(page);
  const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  expect(new URL(scope).pathname).toBe("/");
});

for (const path of ["/models", "/"]) {
  test(`${path} names its languages to those who search`, async ({ page, request }) => {
    await page.goto(path);
    const alternates = await page.locator("link[rel=alternate][hreflang]").evaluateAll((links) => links.map((link) => [link.getAttribute("hreflang"), link.getAttribute("href")]));
    const address = new URL(path, page.url()).href;
    expect(alternates).toEqual([["en", `${address}?lang=en`], ["fr", `${address}?lang=fr`], ["x-default", address]]);
    for (const [language, href] of alternates.slice(0, 2)) {
      const answer = await request.get(href!, { headers: { "accept-language": "de" } });
      expect(answer.headers()["content-language"]).toBe(language);
      expect(answer.headers()["vary"]).toContain("accept-language");
      expect(await answer.text()).toContain(`<html lang="${language}"`);
    }
  });
}

test("a page that was asked for in a language can be switched to the other", async ({ page }) => {
  await visit(page, "/models?lang=fr");
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await openMenu(page);
  await page.getByRole("button", { name: "English" }).click();
  await expect(page).toHaveURL("/models");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});
