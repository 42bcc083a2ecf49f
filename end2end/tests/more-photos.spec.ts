// Several photos of one person, fused into one face.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import { downloadPng, expect, give, grafted, psnr, samples, source, test, visit } from "./house";

test("photos of the same face are added, used and removed", async ({ page }) => {
  await visit(page);
  await grafted(page);
  const more = source(page).getByLabel("Add photos of this face, up to four");
  await expect(more, "a sample is one picture").toHaveCount(0);
  await give(source(page), samples[2]);
  await expect(source(page)).toContainText("1 face found");
  await grafted(page);
  const alone = await downloadPng(page);

  // Another person's face is seen the more clearly in what comes of it.
  await more.setInputFiles([samples[4], samples[5]]);
  const added = source(page).getByRole("button", { name: /^Remove photo \d of this face$/ });
  await expect(added).toHaveCount(2);
  await grafted(page);
  // Two files of the same pixels differ by their marks: 39.4 dB.
  await expect.poll(async () => psnr(alone, await downloadPng(page))).toBeLessThan(36);

  await added.first().click();
  await expect(added).toHaveCount(1);
  await added.first().click();
  await expect(added).toHaveCount(0);
  await grafted(page);
  await expect.poll(async () => psnr(alone, await downloadPng(page))).toBeGreaterThan(60);
});

test("a photo that shows nobody is refused in words, and the face stays as it was", async ({ page }) => {
  await visit(page);
  await grafted(page);
  await give(source(page), samples[2]);
  await expect(source(page)).toContainText("1 face found");
  await grafted(page);
  const empty = join(mkdtempSync(join(tmpdir(), "mog-more-")), "empty.png");
  writeFileSync(empty, PNG.sync.write(new PNG({ width: 200, height: 200 })));
  await source(page).getByLabel("Add photos of this face, up to four").setInputFiles(empty);
  await expect(page.getByRole("alert").filter({ hasText: /face/i }).first()).toBeVisible();
  await expect(source(page).getByRole("button", { name: /^Remove photo/ })).toHaveCount(0);
  await grafted(page);
});

test("another face, and the photos of the one before are gone", async ({ page }) => {
  await visit(page);
  await grafted(page);
  await give(source(page), samples[2]);
  await expect(source(page)).toContainText("1 face found");
  await source(page).getByLabel("Add photos of this face, up to four").setInputFiles(samples[4]);
  const added = source(page).getByRole("button", { name: /^Remove photo/ });
  await expect(added).toHaveCount(1);
  await page.getByRole("link", { name: "Models" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.getByRole("link", { name: "Studio" }).click();
  await grafted(page);
  await expect(added, "a look at another page keeps them").toHaveCount(1);
  await give(source(page), samples[3]);
  await expect(source(page)).toContainText(samples[3].split("/").pop()!);
  await expect(added).toHaveCount(0);
});
