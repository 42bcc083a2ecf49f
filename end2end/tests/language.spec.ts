// Two languages, from the browser's wish to the account's setting, and two themes.

import type { Page } from "@playwright/test";
import { expect, grafted, openMenu, test, visit } from "./house";
import { member } from "./people";

const lang = (page: Page) => page.locator("html").getAttribute("lang");

test.describe("a French browser", () => {
  test.use({ locale: "fr-CH", expectedFault: /status of (401|404|422)/ });

  test("gets every page in French", async ({ page }) => {
    const lines: [string, string][] = [
      ["/models", "Ce qui regarde votre photo."],
      ["/sign-up", "Faites-en le vôtre."],
      ["/sign-in", "Heureux de vous revoir."],
      ["/forgot-password", "Cela arrive."],
      ["/nonsense", "Il n’y a rien à cette adresse."],
    ];
    for (const [path, line] of lines) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 }), path).toHaveText(line);
      expect(await lang(page), path).toBe("fr");
    }
  });

  test("gets a French studio that works", async ({ page }) => {
    await visit(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Choisissez un visage, et où il va.");
    await grafted(page);
    await expect(page.locator(".status")).toContainText("Fait ici, dans votre navigateur,");
  });

  test("hears what is wrong in French", async ({ page }) => {
    await page.goto("/sign-in");
    await page.locator("#sign-in-email").fill("ada@example.org");
    await page.locator("#sign-in-password").fill("pas le bon mot de passe");
    await page.getByRole("button", { name: "Se connecter" }).click();
    await expect(page.getByRole("alert")).toContainText("L’e-mail ou le mot de passe est faux.");
  });

  test("signs up in French, and its account stays French anywhere", async ({ page, browser }) => {
    const person = await member(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Votre compte");
    const english = await (await browser.newContext({ locale: "en-GB" })).newPage();
    await english.goto("/sign-in");
    expect(await lang(english)).toBe("en");
    await english.locator("#sign-in-email").fill(person.email);
    await english.locator("#sign-in-password").fill(person.password);
    await english.getByRole("button", { name: "Sign in" }).click();
    await expect(english.getByRole("heading", { level: 1 })).toHaveText("Votre compte");
    await english.context().close();
  });
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("the switch changes the language and stays on the page", async ({ page }) => {
      for (const path of ["/models", "/reset-password?token=abc", "/", "/studio"]) {
        await page.goto(path);
        if (javaScriptEnabled && path !== "/reset-password?token=abc") await expect(page.locator("body[data-hydrated]")).toBeAttached();
        await openMenu(page);
        await page.getByRole("button", { name: "Français" }).click();
        await expect(page.locator("html")).toHaveAttribute("lang", "fr");
        await expect(page).toHaveURL(path);
        await openMenu(page);
        await page.getByRole("button", { name: "English" }).click();
        await expect(page.locator("html")).toHaveAttribute("lang", "en");
        await expect(page).toHaveURL(path);
      }
    });
  });
}

test("the switch leads to pages of ours only", async ({ request }) => {
  for (const back of ["https://evil.example/", "//evil.example", "/\\evil.example"]) {
    const answer = await request.post("/language", { form: { language: "fr", back }, maxRedirects: 0 });
    expect([answer.status(), answer.headers().location]).toEqual([303, "/"]);
  }
});

test("a theme is there from the first paint, whatever the device says", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await member(page);
  await page.goto("/account/settings");
  await page.getByLabel("Light", { exact: true }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("Saved.");
  for (const path of ["/account", "/models", "/", "/studio"]) {
    // From the server, not from a script.
    expect(await (await page.request.get(path)).text(), path).toContain('data-theme="light"');
    await page.goto(path);
    const ink = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(ink, path).toBe("rgb(234, 240, 238)");
  }
});
