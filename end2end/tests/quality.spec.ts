// The certificate: what the browser measured of its result is what the command line measures of the same swap.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, give, grafted, samples, source, stage, target, test, visit } from "./house";

/** What `mog swap --certificate` says of a face: values in the order of its readings. */
function certificate(source: string, target: string): { readings: { measure: string; value: number; grade: string }[][] } {
  const folder = mkdtempSync(join(tmpdir(), "mog-certificate-"));
  const file = join(folder, "certificate.json");
  const mog = process.env.MOG ?? "mog";
  const files = ["--source", source, "--target", target, "--output", join(folder, "result.png"), "--certificate", file];
  execFileSync(mog, ["swap", ...files], { cwd: join(__dirname, "../..") });
  return JSON.parse(readFileSync(file, "utf8"));
}

test("the certificate says what was measured, in the browser as at the command line", async ({ page }) => {
  await visit(page);
  await grafted(page);
  await give(source(page), samples[2]);
  await give(target(page), samples[3]);
  await expect(target(page)).toContainText("1 face found");
  await grafted(page);

  await stage(page).getByRole("button", { name: "Quality" }).click();
  const sheet = page.getByRole("group", { name: "Quality of this result" });
  const values = sheet.getByRole("definition");
  await expect(values).toHaveCount(5);
  const [pose, expression, seam, sharpness] = certificate(samples[2], samples[3]).readings[0];
  const numbers = (await values.allInnerTexts()).map((text) => Number(/[\d.]+/.exec(text)?.[0]));
  // One digit, and rounding differs a little between the two (frontend/worker/tests/parity.rs).
  expect(Math.abs(numbers[0] - pose.value)).toBeLessThan(0.2);
  expect(Math.abs(numbers[1] - expression.value)).toBeLessThan(0.2);
  expect(Math.abs(numbers[2] - seam.value)).toBeLessThan(0.2);
  expect(Math.abs(numbers[3] - 100 * sharpness.value)).toBeLessThan(2);
  await expect(values.nth(0)).toContainText(pose.grade.toLowerCase());

  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
});

test("another result has another certificate, and no result none", async ({ page }) => {
  await visit(page);
  await expect(stage(page).getByRole("button", { name: "Quality" })).toBeVisible();
  await grafted(page);
  const button = stage(page).getByRole("button", { name: "Quality" });
  const values = page.getByRole("group", { name: "Quality of this result" }).getByRole("definition");
  const readings = async () => {
    await button.click();
    await expect(values).toHaveCount(5);
    const texts = await values.allInnerTexts();
    await page.keyboard.press("Escape");
    return texts;
  };
  const before = await readings();
  await target(page).getByRole("radio").nth(4).check({ force: true });
  await expect(target(page)).toContainText("One face, it will change.");
  await grafted(page);
  expect(await readings()).not.toEqual(before);
});
