// The first page: the thing itself, in the visitor's own browser.

import { expect, grafted, stage, test, visit } from "./house";

test("shows a graft at once, then makes its own here", async ({ page }) => {
  const sent: string[] = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
  await visit(page, "/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Put a face where it fits.");
  await grafted(page);
  await expect(page.getByRole("main").getByRole("status")).toHaveText(/^Done here, in your browser, in [\d.]+ m?s$/);
  const canvas = page.locator(".home-stage canvas");
  await expect(canvas).toHaveJSProperty("width", 768);
  expect(sent, "no photo leaves the machine").toEqual([]);
});

test("another face makes another picture, by keyboard alone", async ({ page }) => {
  await visit(page, "/");
  await grafted(page);
  const before = await page.locator(".home-stage canvas").screenshot();
  await page.getByRole("radio").first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("radio").nth(1)).toBeChecked();
  await expect.poll(async () => Buffer.compare(before, await page.locator(".home-stage canvas").screenshot())).not.toBe(0);
  await grafted(page);
});

test("its one way to begin leads to the studio, which has the engine to itself", async ({ page }) => {
  await visit(page, "/");
  await grafted(page);
  let loads = 0;
  page.on("request", (request) => request.url().includes("/assets/models/") && loads++);
  await page.getByRole("link", { name: "Use your own photos" }).click();
  await expect(page).toHaveURL("/studio");
  await expect(page.getByRole("region", { name: "Face to use" })).toBeVisible();
  await grafted(page);
  await page.getByRole("link", { name: "Home" }).click();
  await expect(page).toHaveURL("/");
  await grafted(page);
  await page.goBack();
  await grafted(page);
  await expect(page.getByRole("img", { name: "Grafted picture" })).toBeVisible();
  expect(loads, "the models are not fetched again").toBe(0);
});

test("who leaves in the middle finds a studio that works", async ({ page }) => {
  await page.route("**/assets/models/face_mesh*", async (route) => {
    await new Promise((done) => setTimeout(done, 1500));
    await route.continue();
  });
  await visit(page, "/");
  await page.getByRole("radio").nth(2).check({ force: true });
  await page.getByRole("link", { name: "Use your own photos" }).click();
  await grafted(page);
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("nothing moves while it loads", async ({ page }) => {
  await page.addInitScript(() => {
    (window as any).shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as any[]) if (!entry.hadRecentInput) (window as any).shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await visit(page, "/");
  await grafted(page);
  expect(await page.evaluate(() => (window as any).shifts)).toBeLessThan(0.01);
});

test.describe("without the models", () => {
  test.use({ expectedFault: /Failed to load resource|The engine did not start/ });

  test("the picture stays, and the page says what can be done", async ({ page }) => {
    await page.route("**/assets/models/face_mesh*", (route) => route.fulfill({ status: 503 }));
    await visit(page, "/");
    await expect(stage(page)).toHaveAttribute("data-state", "failed");
    await expect(page.getByRole("main").getByRole("status")).toContainText("The face models could not be loaded.");
    await page.unroute("**/assets/models/face_mesh*");
    await page.getByRole("radio").nth(1).check({ force: true });
    await grafted(page);
  });
});
