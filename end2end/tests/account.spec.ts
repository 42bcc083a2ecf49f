// An account from its first day to its last.

import { readFileSync } from "node:fs";
import { violations } from "./access";
import { expect, openMenu, test } from "./house";
import { confirmAddress, fresh, mailedLink, mails, member, signIn, signUp, stranger, totp } from "./people";

// Browsers write every refused form on their console.
test.use({ expectedFault: /status of (401|403|404|410|422)/ });

test("signing up, confirming the address, signing in, and a profile that stays", async ({ page }) => {
  const person = stranger();
  await signUp(page, person);
  await confirmAddress(page, person);
  expect(await violations(page), "address confirmed").toEqual([]);
  await signIn(page, person);
  await expect(page).toHaveURL("/account");
  await expect(page.locator("#glance")).toContainText(person.email);
  await expect(page.locator("#glance")).toContainText("Confirmed");

  await page.getByLabel("Name").fill("Ada Lovelace");
  await page.getByLabel("About you").fill("Numbers.\nAnd poems.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status")).toHaveText("Saved.");
  await page.reload();
  await expect(page.getByLabel("Name")).toHaveValue("Ada Lovelace");
  await expect(page.getByLabel("About you")).toHaveValue("Numbers.\nAnd poems.");
  // The menu knows her, on the app's own pages too.
  await page.goto("/models");
  await openMenu(page);
  await expect(page.locator("#account-menu")).toContainText("Ada Lovelace");
});

test("an address that has an account is told nothing to a stranger, and its owner by mail", async ({ page }) => {
  const person = await member(page);
  await page.getByRole("button", { name: "Sign out" }).first().click();
  await signUp(page, person);
  await expect.poll(() => mails(person.email).length).toBe(2);
});

test("what is wrong is said beside its field, and what was typed stays", async ({ page }) => {
  await page.goto("/sign-up");
  await page.locator("#sign-up-email").fill("ada@example");
  await page.locator("#sign-up-password").fill("short");
  await page.locator("#sign-up-name").fill("Ada");
  // The browser's own checks are a comfort, not the rule.
  await page.locator("form[action='/sign-up']").evaluate((form: HTMLFormElement) => (form.noValidate = true));
  await page.getByRole("button", { name: "Create account" }).click();
  const alert = page.getByRole("alert");
  await expect(alert).toBeFocused();
  await expect(alert).toContainText("Some of what you entered needs another look.");
  await alert.getByRole("link", { name: "This is not an e-mail address." }).click();
  const email = page.locator("#sign-up-email");
  await expect(email).toBeFocused();
  await expect(email).toHaveAttribute("aria-invalid", "true");
  const described = (await email.getAttribute("aria-describedby"))!;
  await expect(page.locator(`#${described}`)).toContainText("Write it like name@example.org.");
  await expect(email).toHaveValue("ada@example");
  await expect(page.locator("#sign-up-name")).toHaveValue("Ada");
  await expect(page.locator("#sign-up-password")).toHaveValue("");
});

test("a wrong password says the same as an unknown address", async ({ page }) => {
  const person = await member(page);
  await page.context().clearCookies();
  for (const email of [person.email, stranger().email]) {
    await page.goto("/sign-in");
    await page.locator("#sign-in-email").fill(email);
    await page.locator("#sign-in-password").fill("not the password at all");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("alert")).toContainText("E-mail or password is wrong.");
    await expect(page.locator("#sign-in-email")).toHaveValue(email);
  }
});

test("a forgotten password is replaced through a mail, once", async ({ page }) => {
  const person = await member(page);
  await page.context().clearCookies();
  await page.goto("/forgot-password");
  await page.locator("#forgot-email").fill(person.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page).toHaveURL(/\/check-your-mail/);
  const link = await mailedLink(person.email, "/reset-password");
  await page.goto(link);
  await page.locator("#reset-password").fill("seven quiet lanterns over water");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("status")).toContainText("Your password is changed.");
  await signIn(page, { ...person, password: "seven quiet lanterns over water" });
  await expect(page).toHaveURL("/account");
  await page.goto(link);
  await page.locator("#reset-password").fill("another seven quiet lanterns");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("alert")).toContainText("This link has expired or was used already.");
});

test("programs that open links do not use them up", async ({ page, request }) => {
  const person = stranger();
  await signUp(page, person);
  const link = await mailedLink(person.email, "/confirm-address");
  for (const _ of [1, 2]) expect((await request.get(link)).status()).toBe(200);
  await confirmAddress(page, person);
});

test("a second step: QR code, recovery codes, signing in with either, turning it off", async ({ page }) => {
  const person = await member(page);
  await page.goto("/account/security");
  await page.locator("#second-step").getByRole("button", { name: "Set up" }).click();
  await expect(page.getByRole("img", { name: "QR code" }).locator("svg")).toBeVisible();
  const secret = (await page.locator("#secret").textContent())!;
  await page.getByLabel("Six digits").fill("000000");
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByRole("alert")).toContainText("This code is wrong.");
  // Codes are good for one step before and after; none is taken twice.
  await fresh(page);
  await page.getByLabel("Six digits").fill(totp(secret, -1));
  await page.getByRole("button", { name: "Turn on" }).click();
  const codes = await page.locator("#codes code").allTextContents();
  expect(codes).toHaveLength(10);
  expect(await violations(page), "the recovery codes").toEqual([]);
  await page.getByRole("link", { name: "I have kept them" }).click();
  await expect(page.locator("#second-step")).toContainText("On.");

  const secondStep = async (code: string) => {
    await page.context().clearCookies();
    await signIn(page, person);
    await expect(page).toHaveURL("/sign-in/code");
    await page.getByLabel("Code or recovery code").fill(code);
    await page.getByRole("button", { name: "Sign in" }).click();
  };
  await secondStep(totp(secret));
  await expect(page).toHaveURL("/account");
  await secondStep(totp(secret));
  await expect(page.getByRole("alert")).toContainText("This code is wrong.");
  expect(await violations(page), "a refused code").toEqual([]);
  await secondStep(codes[3]);
  await expect(page).toHaveURL("/account");
  await secondStep(codes[3]);
  await expect(page.getByRole("alert")).toContainText("This code is wrong.");
  await secondStep(codes[4]);
  await expect(page).toHaveURL("/account");

  await page.goto("/account/security");
  await page.locator("#second-step").getByText("Turn off", { exact: true }).click();
  await page.locator("#off-password").fill(person.password);
  await page.getByRole("button", { name: "Turn it off" }).click();
  await expect(page.getByRole("status")).toHaveText("The second step is off.");
});

test("another browser's session is ended from here", async ({ page, browser }) => {
  const person = await member(page);
  const other = await (await browser.newContext()).newPage();
  await signIn(other, person);
  await expect(other).toHaveURL("/account");

  await page.goto("/account/security");
  const sessions = page.locator("#sessions .row");
  await expect(sessions).toHaveCount(2);
  await expect(sessions.filter({ hasText: "This device" })).toHaveCount(1);
  const row = sessions.filter({ hasNotText: "This device" });
  await row.locator("summary").click();
  await row.getByRole("button", { name: "Sign it out" }).click();
  await expect(page.getByRole("status")).toHaveText("That device is signed out.");
  await expect(sessions).toHaveCount(1);
  await other.goto("/account");
  await expect(other).toHaveURL(/\/sign-in/);
  await other.context().close();
});

test("a changed password ends the other sessions, and is the one that counts", async ({ page, browser }) => {
  const person = await member(page);
  const other = await (await browser.newContext()).newPage();
  await signIn(other, person);
  await page.goto("/account/security");
  await page.locator("#password-current").fill("not the password at all");
  await page.locator("#password-password").fill("seven quiet lanterns over water");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await page.locator("#password-current").fill(person.password);
  await page.locator("#password-password").fill("seven quiet lanterns over water");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByRole("status")).toContainText("Your password is changed.");
  await expect(page.locator("#history")).toContainText("Password changed");
  await other.goto("/account");
  await expect(other).toHaveURL(/\/sign-in/);
  await signIn(other, { ...person, password: "seven quiet lanterns over water" });
  await expect(other).toHaveURL("/account");
  await other.context().close();
});

test("another address counts once its mail was opened", async ({ page }) => {
  const person = await member(page);
  const address = stranger().email;
  await page.goto("/account/security");
  await page.locator("#email-email").fill(address);
  await page.locator("#email-password").fill(person.password);
  await page.getByRole("button", { name: "Change address" }).click();
  await expect(page).toHaveURL(/\/check-your-mail/);
  await page.goto("/account");
  await expect(page.locator("#glance")).toContainText(person.email);
  await confirmAddress(page, { ...person, email: address });
  await page.context().clearCookies();
  await signIn(page, { ...person, email: address });
  await expect(page.locator("#glance")).toContainText(address);
});

test("an API key is shown once, works, and is revoked", async ({ page, request }) => {
  await member(page);
  await page.goto("/account/keys");
  await page.getByLabel("What is it for?").fill("The printer");
  await page.getByLabel("read your profile").check();
  await page.getByRole("button", { name: "Create key" }).click();
  const key = (await page.locator("#key").textContent())!;
  const me = () => request.get("/api/v1/users/me", { headers: { authorization: `Bearer ${key}` } });
  expect((await me()).status()).toBe(200);
  await page.goto("/account/keys");
  await expect(page.getByRole("main")).not.toContainText(key);
  await page.locator("#keys summary").click();
  await page.getByRole("button", { name: "Revoke it" }).click();
  await expect(page.getByRole("status")).toHaveText("The key is revoked.");
  expect((await me()).status()).toBe(401);
});

test("everything can be taken along, and the account deleted", async ({ page }) => {
  const person = await member(page);
  await page.goto("/account/data");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download my data" }).click();
  const file = readFileSync(await (await download).path(), "utf8");
  expect(JSON.stringify(JSON.parse(file))).toContain(person.email);
  expect(file).not.toContain(person.password);

  await page.getByRole("link", { name: "Delete my account" }).click();
  await page.locator("#delete-password").fill("not the password at all");
  await page.getByRole("button", { name: "Delete everything" }).click();
  await expect(page.getByRole("alert")).toContainText("The password is wrong.");
  await page.locator("#delete-password").fill(person.password);
  await page.getByRole("button", { name: "Delete everything" }).click();
  await expect(page.getByRole("status")).toContainText("is deleted");
  await page.locator("#sign-in-email").fill(person.email);
  await page.locator("#sign-in-password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("E-mail or password is wrong.");
});

test("after signing out, the way back shows nothing private", async ({ page }) => {
  const person = await member(page);
  await page.goto("/account/security");
  await page.goto("/account");
  await page.locator("#glance").getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("status")).toHaveText("You are signed out.");
  for (const _ of [1, 2]) {
    await page.goBack();
    await expect(page).toHaveURL(/\/sign-in/);
    await expect(page.locator("body")).not.toContainText(person.email);
  }
});

test("a page that asks for somebody leads back to itself, and nowhere else", async ({ page }) => {
  const person = await member(page);
  await page.context().clearCookies();
  await page.goto("/account/keys");
  await expect(page).toHaveURL(/\/sign-in\?/);
  await page.locator("#sign-in-email").fill(person.email);
  await page.locator("#sign-in-password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/account/keys");
  await page.context().clearCookies();
  await page.goto("/sign-in?next=//evil.example/");
  await page.locator("#sign-in-email").fill(person.email);
  await page.locator("#sign-in-password").fill(person.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL("/account");
});

test("password managers find what they look for", async ({ page }) => {
  const purposes = async (path: string) => {
    await page.goto(path);
    return page.locator("main input:not([type=hidden])").evaluateAll((inputs) => inputs.map((input) => `${input.getAttribute("type")} ${input.getAttribute("autocomplete")}`));
  };
  expect(await purposes("/sign-up")).toEqual(["email username", "password new-password", "text nickname"]);
  expect(await purposes("/sign-in")).toEqual(["email username", "password current-password"]);
  expect(await purposes("/reset-password?token=x")).toEqual(["password new-password"]);
  await member(page);
  const security = await purposes("/account/security");
  expect(security.slice(0, 3)).toEqual(["text username", "password current-password", "password new-password"]);
  expect(await purposes("/account/delete")).toEqual(["text username", "password current-password"]);
});

test("a password can be shown, pasted, and is hidden before it is sent", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/sign-in");
  const password = page.locator("#sign-in-password");
  await page.evaluate(() => navigator.clipboard.writeText("pasted from a manager"));
  await password.focus();
  await page.keyboard.press("ControlOrMeta+V");
  await expect(password).toHaveValue("pasted from a manager");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(password).toHaveAttribute("type", "text");
  await page.getByRole("button", { name: "Show password" }).click();
  await expect(password).toHaveAttribute("type", "password");
});

test("nobody's cache keeps an account's pages", async ({ page }) => {
  await member(page);
  for (const path of ["/account", "/account/security", "/models", "/sign-in"]) {
    const answer = (await page.request.get(path))!;
    expect(answer.headers()["cache-control"], path).toContain("no-store");
  }
});
