// The camera as a source of the face, with a device that Chromium makes up: it shows a pattern, and nobody.

import { expect, grafted, source, test, visit } from "./house";

test.use({
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  },
});

test("a photo is taken and looked at, and the camera goes off", async ({ page }) => {
  await visit(page);
  await grafted(page);
  await source(page).getByRole("button", { name: "Take a photo" }).click();
  const dialog = page.getByRole("dialog", { name: "Take a photo" });
  await dialog.getByRole("button", { name: "Turn the camera on" }).click();
  await expect(dialog.getByRole("status")).toContainText("Look into the camera");
  const video = dialog.locator("video");
  await expect.poll(() => video.evaluate((video: HTMLVideoElement) => video.videoWidth)).toBeGreaterThan(0);
  const track = await video.evaluateHandle((video: HTMLVideoElement) => (video.srcObject as MediaStream).getTracks()[0]);
  await dialog.getByRole("button", { name: "Take the photo" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("alert")).toContainText("No face found in the face photo.");
  await expect(page.getByRole("alert")).toContainText("camera.jpg");
  expect(await track.evaluate((track) => track.readyState)).toBe("ended");
});

test("where there is no camera, the page says what to do", async ({ page }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("none", "NotFoundError"));
  });
  await visit(page);
  await source(page).getByRole("button", { name: "Take a photo" }).click();
  const dialog = page.getByRole("dialog", { name: "Take a photo" });
  await dialog.getByRole("button", { name: "Turn the camera on" }).click();
  await expect(dialog.getByRole("status")).toHaveText("No camera was found. Connect one, then try again.");
});
