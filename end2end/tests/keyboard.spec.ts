// The four main flows by keyboard alone: a swap, an account, a change of it, and finding one's way.

import { readFileSync } from "node:fs";
import { tabTo } from "./access";
import { expect, grafted, samples, source, target, test, visit } from "./house";
import { mailedLink, member, stranger } from "./people";

test("a graft: from the first page to the downloaded file", async ({ page }) => {
  await visit(page, "/");
  await tabTo(page, page.getByRole("link", { name: "Use your own photos" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/studio");
  await grafted(page);
  for (const [card, photo] of [[source(page), samples[1]], [target(page), samples[2]]] as const) {
    await tabTo(page, card.locator("input[type=file][name]"));
    const chooser = page.waitForEvent("filechooser");
    await page.keyboard.press("Enter");
    await (await chooser).setFiles(photo);
    await expect(card).toContainText("1 face found");
  }
  await grafted(page);
  const likeness = page.getByRole("slider", { name: "Likeness" });
  await tabTo(page, likeness);
  await page.keyboard.press("ArrowLeft");
  await grafted(page);
  await tabTo(page, page.getByRole("button", { name: "Download", exact: true }));
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect(readFileSync(await (await download).path()).subarray(0, 3).toString("hex")).toBe("ffd8ff");
});

test("an account: signing up, confirming, signing in, signing out", async ({ page }) => {
  const person = stranger();
  await page.goto("/sign-up");
  await tabTo(page, page.locator("#sign-up-email"));
  await page.keyboard.type(person.email);
  await tabTo(page, page.locator("#sign-up-password"));
  await page.keyboard.type(person.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/check-your-mail/);
  await page.goto(await mailedLink(person.email, "/confirm-address"));
  await tabTo(page, page.locator("form[action='/confirm-address'] [type=submit]"));
  await page.keyboard.press("Enter");
  await expect(page.locator("a[href='/account'].button")).toBeVisible();
  await page.goto("/sign-in");
  await tabTo(page, page.locator("#sign-in-email"));
  await page.keyboard.type(person.email);
  await tabTo(page, page.locator("#sign-in-password"));
  await page.keyboard.type(person.password);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/account");
  await tabTo(page, page.locator(".tools [popovertarget=account-menu]"));
  await page.keyboard.press("Enter");
  await tabTo(page, page.locator("#account-menu").getByRole("button", { name: "Sign out" }));
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL("/account");
});

test("a change: a new name, and a new password", async ({ page }) => {
  const { password } = await member(page);
  await tabTo(page, page.getByLabel("Name"));
  await page.keyboard.type("Ada");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toHaveText("Saved.");
  await page.goto("/account/security");
  await tabTo(page, page.locator("#password-current"));
  await page.keyboard.type(password);
  await tabTo(page, page.locator("#password-password"));
  await page.keyboard.type("another teapot, forty herons");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status")).toBeVisible();
});

test("the way: skipping the frame, the palette, the language and back", async ({ page }) => {
  await visit(page, "/models");
  const skip = page.getByRole("link", { name: "Skip to the content" });
  await tabTo(page, skip);
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("studio");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/studio");
  await tabTo(page, page.locator(".tools [popovertarget=account-menu]"));
  await page.keyboard.press("Enter");
  await tabTo(page, page.locator("#account-menu").getByRole("button", { name: "Français" }));
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("lang", "fr");
  await expect(page).toHaveURL(/\/studio/);
});
