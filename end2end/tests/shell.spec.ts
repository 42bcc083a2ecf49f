// The frame of every page: palette, menu, focus, scroll.

import type { Page } from "@playwright/test";
import { expect, heard, openMenu, test, visit } from "./house";
import { member } from "./people";

const theme = (page: Page) => page.locator("html").getAttribute("data-theme");
const palette = (page: Page) => page.getByRole("dialog", { name: "Commands" });

for (const path of ["/models", "/sign-in"]) {
  test(`on ${path} a few letters lead to another page, by keyboard alone`, async ({ page }) => {
    await page.goto(path);
    if (path === "/models") await visit(page, path);
    await page.keyboard.press("Control+k");
    const field = page.getByRole("combobox", { name: "Search or run a command" });
    await expect(field).toBeFocused();
    await expect(page.getByRole("option", { name: "Home" })).toHaveAttribute("aria-selected", "true");
    // Another word for it, and an accent that nobody typed.
    await page.keyboard.type("GRÁFT");
    await expect(page.getByRole("option")).toHaveCount(1);
    const active = await field.getAttribute("aria-activedescendant");
    await expect(page.locator(`#${active}`)).toHaveText("Studio");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/studio");
    await expect(palette(page)).toBeHidden();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Choose a face, and where it goes.");
  });
}

test("the palette says when there is nothing, wraps around, and gives the focus back", async ({ page }) => {
  await visit(page, "/models");
  const opener = page.getByRole("button", { name: "Search or run a command" });
  await opener.click();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("option").last()).toHaveAttribute("aria-selected", "true");
  await page.keyboard.type("qqq");
  await expect(page.getByRole("option")).toHaveCount(0);
  await expect(palette(page).getByRole("status")).toContainText("Nothing of that name.");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await expect(opener).toBeFocused();
});

test("the theme changes at once and for good, and photos stay", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await visit(page, "/models");
  await page.evaluate(() => ((window as any).same = true));
  await openMenu(page);
  const answer = page.waitForResponse("**/theme");
  await page.getByRole("button", { name: "Light" }).click();
  expect(await theme(page)).toBe("light");
  await expect(page.getByRole("button", { name: "Light" })).toHaveAttribute("aria-pressed", "true");
  await answer;
  expect(await page.evaluate(() => (window as any).same), "the page was not loaded again").toBe(true);
  await page.goto("/sign-in");
  expect(await theme(page)).toBe("light");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("dark");
  await page.keyboard.press("Enter");
  expect(await theme(page)).toBe("dark");
});

test("a member's menu and palette lead into the account, and out of it", async ({ page }) => {
  const person = await member(page);
  await visit(page, "/models");
  await openMenu(page);
  await expect(page.locator("#account-menu")).toContainText(person.email);
  await page.getByRole("link", { name: "Security" }).click();
  await expect(page).toHaveURL("/account/security");
  await heard(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("api");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/account/keys");
  await heard(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("sign out");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").first()).toHaveText("You are signed out.");
});

test("on the way to another page the focus goes to its line, and the title says where", async ({ page }) => {
  await visit(page, "/models");
  await expect(page.locator("body")).toBeFocused();
  await page.getByRole("link", { name: "Studio" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page).toHaveTitle("Studio · MOG AI");
  await expect(page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Studio" })).toHaveAttribute("aria-current", "page");
});

test("a new page begins at its top, and the way back at its old place", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 700 });
  await visit(page, "/models");
  await page.evaluate(() => scrollTo(0, 600));
  await page.getByRole("link", { name: "How it works" }).or(page.getByRole("link", { name: "Studio" })).first().click();
  await expect(page).toHaveURL("/studio");
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  await page.goBack();
  await expect(page).toHaveURL("/models");
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(600);
});

test("the first press of Tab offers the way past the navigation", async ({ page }) => {
  await visit(page, "/models");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("a dialog keeps the focus, closes by Escape and by its cross, and gives the focus back", async ({ page }) => {
  await visit(page, "/design");
  const opener = page.getByRole("button", { name: "Open the dialog" });
  const dialog = page.getByRole("dialog", { name: "One question" });
  for (const close of [() => page.keyboard.press("Escape"), () => dialog.getByRole("button", { name: "Close" }).click()]) {
    await opener.click();
    await expect(dialog).toBeVisible();
    await close();
    await expect(dialog).toBeHidden();
    await expect(opener).toBeFocused();
  }
});

for (const width of [390, 768, 1440]) {
  test(`every place can be reached at ${width} px`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await visit(page, "/models");
    const places = page.getByRole("navigation", { name: "Main" });
    for (const [name, path] of [["Studio", "/studio"], ["Live", "/live"], ["Verify", "/verify"], ["Home", "/"]]) {
      await places.getByRole("link", { name }).click();
      await expect(page).toHaveURL(path);
    }
    // On a phone five places are enough for a thumb: the sixth is in the menu.
    await (width < 720 ? openMenu(page) : Promise.resolve());
    await page.getByRole("link", { name: "Models" }).locator("visible=true").first().click();
    await expect(page).toHaveURL("/models");
    await heard(page);
    await openMenu(page);
    await page.getByRole("link", { name: "Sign in" }).click();
    await expect(page).toHaveURL("/sign-in");
  });
}
