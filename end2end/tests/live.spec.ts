// The live camera, with a clip of a drawn head in the place of a camera: its motion is known, and nobody is in it.

import { execFileSync } from "node:child_process";
import { existsSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Page } from "@playwright/test";
import { violations } from "./access";
import { expect, psnr, source, test, visit } from "./house";
import { PNG } from "pngjs";

const mog = process.env.MOG ?? "mog";
const clip = join(process.env.MOG_TEST_DATA ?? tmpdir(), "camera.mjpeg");

// Before any browser starts: it opens its fake camera's file at once. Each worker reads this file; one of them draws.
if (!existsSync(clip)) {
  const own = `${clip}.${process.pid}`;
  execFileSync(mog, ["samples", "--clip", own], { cwd: join(__dirname, "..", "..") });
  renameSync(own, clip);
}

test.use({
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--use-fake-device-for-media-stream",
      "--use-fake-ui-for-media-stream",
      `--use-file-for-fake-video-capture=${clip}`,
    ],
  },
});

const live = (page: Page) => page.locator(".live");
const count = async (page: Page, name: string) => Number(await live(page).getAttribute(`data-${name}`));

/** Turns the camera on and waits until this many pictures were drawn. */
async function watch(page: Page, pictures: number): Promise<void> {
  await visit(page, "/live");
  await live(page).getByRole("button", { name: "Turn the camera on" }).click();
  await expect(live(page)).toHaveAttribute("data-camera", "live");
  await expect.poll(() => count(page, "drawn"), { timeout: 90_000 }).toBeGreaterThan(pictures);
}

/** What stands on the canvas now. */
async function picture(page: Page): Promise<PNG> {
  const address = await page.locator(".live-picture").evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  return PNG.sync.read(Buffer.from(address.split(",")[1], "base64"));
}

test("the face is worn in at least 99 of 100 pictures, and the display says how fast", async ({ page }, info) => {
  await watch(page, 120);
  await expect(live(page).getByRole("status")).toHaveText("Wearing it");
  const [drawn, changed] = [await count(page, "drawn"), await count(page, "changed")];
  const [rate, latency, work] = [await count(page, "rate"), await count(page, "latency-ms"), await count(page, "work-ms")];
  info.annotations.push({ type: "measured", description: `${changed} of ${drawn} pictures, ${rate} a second, ${latency} ms from the camera to the screen, ${work} ms of them work` });
  console.log(info.annotations.at(-1)?.description);
  expect(changed / drawn).toBeGreaterThanOrEqual(0.99);
  expect(rate).toBeGreaterThan(0);
  expect(latency).toBeGreaterThanOrEqual(work);
  await expect(page.locator(".live-speed")).toContainText(`SIMD`);
});

test("another face is worn at once, and the camera goes off with the page", async ({ page }) => {
  await watch(page, 5);
  const before = await picture(page);
  expect([before.width, before.height]).toEqual([1280, 720]);
  await source(page).getByRole("radio", { name: "Indigo" }).check();
  const drawn = await count(page, "drawn");
  await expect.poll(() => count(page, "drawn")).toBeGreaterThan(drawn + 10);
  expect(psnr(before, await picture(page))).toBeLessThan(40);
  await page.getByRole("link", { name: "Models" }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.goBack();
  await expect(live(page)).toHaveAttribute("data-camera", "off");
});

test("a snapshot says that it was made", async ({ page }) => {
  await watch(page, 5);
  const download = page.waitForEvent("download");
  await live(page).getByRole("button", { name: "Take a snapshot" }).click();
  const file = await (await download).path();
  expect((await download).suggestedFilename()).toBe("mog-live.jpg");
  await visit(page, "/verify");
  await page.locator("input[type=file]").setInputFiles(file);
  await expect(page.getByRole("status").first()).toContainText("MOG AI");
});

test("a recording is handed over as a film, and measured", async ({ page }) => {
  await watch(page, 5);
  await live(page).getByRole("button", { name: "Record", exact: true }).click();
  await expect(live(page)).toHaveAttribute("data-recording", "true");
  const drawn = await count(page, "drawn");
  await expect.poll(() => count(page, "drawn")).toBeGreaterThan(drawn + 15);
  const download = page.waitForEvent("download");
  await live(page).getByRole("button", { name: "End the recording" }).click();
  expect((await download).suggestedFilename()).toMatch(/^mog-live\.(mp4|webm)$/);
  const size = await (await download).createReadStream().then(async (stream) => {
    let bytes = 0;
    for await (const piece of stream) bytes += piece.length;
    return bytes;
  });
  expect(size).toBeGreaterThan(20_000);
  const measured = page.getByRole("region", { name: "Your recording" });
  await expect(measured.locator(".reading").first()).toContainText("Faces changed");
  const values = await measured.locator(".reading dd").allInnerTexts();
  console.log(values.join(", "));
  expect(values[0]).toMatch(/^100\.0%\s*good$/);
  expect(values[1]).toMatch(/^× \d\.\d\s*(good|fair)$/);
});

test("where no camera is allowed, the page says what to do", async ({ page }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
  });
  await visit(page, "/live");
  await live(page).getByRole("button", { name: "Turn the camera on" }).click();
  await expect(live(page).getByRole("status")).toHaveText("The camera is not allowed here. Allow it beside the address, then try again.");
});

for (const colorScheme of ["dark", "light"] as const) {
  test(`no rule is broken while it runs, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await watch(page, 5);
    expect(await violations(page)).toEqual([]);
  });
}
