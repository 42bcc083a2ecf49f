// People who sign up, read their mails and carry a phone with an authenticator app.

import { type Page, expect } from "@playwright/test";
import { createHmac, randomUUID } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Somebody with an address and a password. */
export interface Person {
  email: string;
  password: string;
}

/** Somebody who was never here. */
export function stranger(): Person {
  return { email: `ada-${randomUUID()}@example.org`, password: "wobbling teapot nineteen cranes" };
}

/** The newest mail to this address that has a link to `path`: that link, without its origin. */
export async function mailedLink(email: string, path: string): Promise<string> {
  let link: string | undefined;
  await expect
    .poll(() => (link = mails(email).flatMap((mail) => mail.match(new RegExp(`${path}\\?token=[\\w%.~-]+`, "g")) ?? [])[0]), {
      message: `a mail to ${email} with a link to ${path}`,
    })
    .toBeTruthy();
  return link!;
}

/** Every mail to this address, the newest first, as plain text. */
export function mails(email: string): string[] {
  const folder = join(process.env.MOG_TEST_MAILS ? join(process.env.MOG_TEST_MAILS, "data") : process.env.MOG_TEST_DATA!, "mail");
  let names: string[] = [];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith(".eml"));
  } catch {
    // No mail was written yet.
  }
  const all = names.sort().reverse().map((name) => readFileSync(join(folder, name), "utf8"));
  return all.filter((mail) => mail.includes(email)).map(unfold);
}

/** Undoes the encodings that mails travel in (RFC 2045): base64 and quoted-printable. */
function unfold(mail: string): string {
  const parts = mail.split(/\r?\n\r?\n/);
  const decoded = parts.map((part, at) => {
    const head = parts[at - 1] ?? "";
    if (/base64/i.test(head)) return Buffer.from(part.replace(/\s/g, ""), "base64").toString("utf8");
    return part.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  });
  return decoded.join("\n\n");
}

/** Fills the form at `/sign-up` and sends it. */
export async function signUp(page: Page, person: Person): Promise<void> {
  await page.goto("/sign-up");
  await page.locator("#sign-up-email").fill(person.email);
  await page.locator("#sign-up-password").fill(person.password);
  await page.locator("form[action='/sign-up'] [type=submit]").click();
  await expect(page).toHaveURL(/\/check-your-mail/);
}

/** Opens the link of the mail and presses the button. */
export async function confirmAddress(page: Page, person: Person): Promise<void> {
  await page.goto(await mailedLink(person.email, "/confirm-address"));
  await page.locator("form[action='/confirm-address'] [type=submit]").click();
  await expect(page.locator("a[href='/account'].button")).toBeVisible();
}

/** Fills the form at `/sign-in` and sends it. */
export async function signIn(page: Page, person: Person): Promise<void> {
  await page.goto("/sign-in");
  await page.locator("#sign-in-email").fill(person.email);
  await page.locator("#sign-in-password").fill(person.password);
  await page.locator("form[action='/sign-in'] [type=submit]").click();
  await expect(page).not.toHaveURL(/\/sign-in$/);
}

/** Somebody with a confirmed account, signed in. */
export async function member(page: Page): Promise<Person> {
  const person = stranger();
  await signUp(page, person);
  await confirmAddress(page, person);
  await signIn(page, person);
  await expect(page).toHaveURL("/account");
  return person;
}

/** Waits, if need be, until the codes of now will not change for a while: a code may be one step old, not two. */
export async function fresh(page: Page): Promise<void> {
  const left = 30_000 - (Date.now() % 30_000);
  if (left < 15_000) await page.waitForTimeout(left);
}

/** What an authenticator app shows (RFC 6238), some steps of 30 seconds from now. */
export function totp(secret: string, steps = 0): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const letters = secret.replace(/\s/g, "");
  const bits = [...letters].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const mac = createHmac("sha1", key).update(counter).digest();
  const at = mac[19] & 15;
  return ((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).toString().padStart(6, "0");
}
