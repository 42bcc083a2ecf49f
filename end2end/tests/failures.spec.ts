// What can go wrong, each with a sentence that says what to do.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PNG } from "pngjs";
import { expect, give, grafted, samples, source, target, test, visit } from "./house";

const photo = (name: string, buffer: Buffer) => ({ name, mimeType: "image/jpeg", buffer });

/** A PNG of nothing, 64 by 64. */
function grey(): Buffer {
  const png = new PNG({ width: 64, height: 64 });
  png.data.fill(128);
  return PNG.sync.write(png);
}

test("a file that is not an image is named and leaves the photo in place", async ({ page }) => {
  await visit(page);
  await grafted(page);
  await give(target(page), photo("notes.jpg", Buffer.from("Dear diary")));
  const alert = page.getByRole("alert");
  await expect(alert).toContainText("This file is not a photo we can read.");
  await expect(alert).toContainText("notes.jpg");
  await expect(target(page)).toContainText("nobody real");
  await grafted(page);
  await alert.getByRole("button", { name: "Dismiss" }).click();
  await expect(alert).toBeHidden();
});

test("a photo without a face says in which place", async ({ page }) => {
  await visit(page);
  await grafted(page);
  await give(source(page), photo("wall.png", grey()));
  await expect(page.getByRole("alert")).toContainText("No face found in the face photo.");
  await give(target(page), photo("wall.png", grey()));
  await expect(page.getByRole("alert").filter({ hasText: "No face found in the picture to change." })).toBeVisible();
});

test("a damaged photo, an empty file and a file over the limit each have their sentence", async ({ page }) => {
  await visit(page);
  await grafted(page);
  const whole = readFileSync(samples[0]);
  const cases: [Buffer, string][] = [
    [whole.subarray(0, whole.length / 4), "This photo is damaged."],
    [Buffer.alloc(0), "This file is empty."],
    [Buffer.alloc(10 * 1024 * 1024 + 1, 0xff), "This photo is over 10 MB."],
  ];
  for (const [buffer, sentence] of cases) {
    await give(target(page), photo("photo.webp", buffer));
    await expect(page.getByRole("alert")).toContainText(sentence);
  }
});

test.describe("a photo over which the decoder stops", () => {
  // The engine panics, which says so on the console, and is loaded anew.
  test.use({ expectedFault: /panicked at/ });

  test("is damaged, and the next one is opened", async ({ page }) => {
    await visit(page);
    await grafted(page);
    const file = readFileSync(join(__dirname, "..", "..", "fuzz/corpus/codec/scan-beyond-frame.jpg"));
    await give(source(page), photo("photo.jpg", file));
    await expect(page.getByRole("alert")).toContainText("This photo is damaged.");
    await give(source(page), samples[1]);
    await expect(source(page)).toContainText("1 face found");
    await expect(page.getByRole("alert")).toBeHidden();
    await grafted(page);
  });
});

test("a failure does not stop the next photo", async ({ page }) => {
  await visit(page);
  await grafted(page);
  await give(source(page), photo("notes.jpg", Buffer.from("Dear diary")));
  await expect(page.getByRole("alert")).toBeVisible();
  await give(source(page), samples[1]);
  await expect(source(page)).toContainText("1 face found");
  await expect(page.getByRole("alert")).toBeHidden();
  await grafted(page);
});

test.describe("without the models", () => {
  test.use({ expectedFault: /Failed to load resource|The engine did not start/ });

  test("the page says so", async ({ page }) => {
    await page.route("**/assets/models/face_mesh*", (route) => route.fulfill({ status: 503 }));
    await visit(page);
    await expect(page.getByRole("alert")).toContainText("The face models could not be loaded.");
  });
});

test.describe("with a damaged model", () => {
  test.use({ expectedFault: /The engine did not start/ });

  test("the page says so, too", async ({ page }) => {
    await page.route("**/assets/models/face_mesh*", (route) => route.fulfill({ body: "not a model" }));
    await visit(page);
    await expect(page.getByRole("alert")).toContainText("The face models could not be loaded.");
  });
});

test.describe("a wrong address", () => {
  test.use({ expectedFault: /404/ });

  test("has a way out", async ({ page }) => {
    const answer = await page.goto("/nonsense");
    expect(answer?.status()).toBe(404);
    await expect(page.locator("body[data-hydrated]")).toBeAttached();
    await page.getByRole("main").getByRole("link").first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Choose a face, and where it goes.");
  });
});

test.describe("a page whose code does not arrive", () => {
  test.use({ expectedFault: /ERR_FAILED|panicked|unreachable|Failed to fetch|wasm/i });

  test("says so, and is there after loading it again", async ({ page }) => {
    await visit(page, "/models");
    await page.route("**/split___studio*", (route) => route.abort());
    const studio = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Studio" });
    await studio.click();
    const notice = page.locator("[data-notice=stopped]");
    await expect(notice).toBeVisible();
    await page.unroute("**/split___studio*");
    await notice.getByRole("button", { name: "Reload" }).click();
    await expect(page.locator("body[data-hydrated]")).toBeAttached();
    await expect(notice).toBeHidden();
    await studio.click();
    await grafted(page);
  });

  test("says so when there is no program at all", async ({ page }) => {
    await page.route("**/page.js", (route) => route.abort());
    await page.goto("/");
    await expect(page.locator("[data-notice=stopped]")).toBeVisible();
    await expect(page.getByRole("link", { name: "Use your own photos" })).toBeVisible();
  });
});
