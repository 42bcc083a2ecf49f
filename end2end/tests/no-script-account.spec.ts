// The account in a browser without JavaScript.

import { expect, test } from "./house";
import { fresh, member, signIn, totp } from "./people";

test.use({ javaScriptEnabled: false, expectedFault: /status of (401|403|422)/ });

test("a whole life: profile, second step, sessions, password, export, deletion", async ({ page, browser }) => {
  const person = await member(page);
  await page.getByLabel("Name").fill("Ada");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("Saved.");

  await page.goto("/account/security");
  await page.getByRole("button", { name: "Set up" }).click();
  const secret = (await page.locator("#secret").textContent())!;
  await fresh(page);
  await page.getByLabel("Six digits").fill(totp(secret, -1));
  await page.getByRole("button", { name: "Turn on" }).click();
  const codes = await page.locator("#codes code").allTextContents();
  expect(codes).toHaveLength(10);

  const other = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await signIn(other, person);
  await other.getByLabel("Code or recovery code").fill(totp(secret));
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other).toHaveURL("/account");

  await page.goto("/account/security");
  await page.getByText("Sign out all others", { exact: true }).click();
  await page.getByRole("button", { name: "Sign them all out" }).click();
  await expect(page.getByRole("status")).toHaveText("Every other device is signed out.");
  await other.reload();
  await expect(other).toHaveURL(/\/sign-in/);
  await other.context().close();

  await page.locator("#password-current").fill(person.password);
  await page.locator("#password-password").fill("seven quiet lanterns over water");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("status")).toContainText("Your password is changed.");

  await page.goto("/account/data");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download my data" }).click();
  expect((await download).suggestedFilename()).toBe("mog-ai-export.json");
  await page.getByRole("link", { name: "Delete my account" }).click();
  await page.locator("#delete-password").fill("seven quiet lanterns over water");
  await page.getByRole("button", { name: "Delete everything" }).click();
  await expect(page.getByRole("status")).toContainText("is deleted");
});
