// A hand before a face: the networks that see it come after the first graft of a visitor's own photo, and the graft is made anew.

import { readFileSync } from "node:fs";
import { type Page } from "@playwright/test";
import { PNG } from "pngjs";
import { downloadPng, expect, give, grafted, samples, source, target, test, type Upload, visit } from "./house";

/** Where the hand is drawn, as shares of the picture, and how large. */
const HAND = { left: 0.42, top: 0.42, size: 0.42 };

/** The sample with a hand drawn before its cheek, by the browser under test. */
async function withHand(page: Page, file: string): Promise<Upload> {
  const address = `data:image/webp;base64,${readFileSync(file).toString("base64")}`;
  const drawn = await page.evaluate(async ({ address, hand }) => {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    const pen = canvas.getContext("2d")!;
    pen.drawImage(image, 0, 0);
    const tone = pen.getImageData(0.5 * image.width, 0.3 * image.height, 1, 1).data;
    const size = hand.size * image.width;
    const line = (points: number[][], breadth: number, light: number) => {
      pen.strokeStyle = `rgb(${[...tone.slice(0, 3)].map((value) => Math.min(255, value * light)).join()})`;
      pen.lineWidth = breadth * size;
      pen.lineCap = pen.lineJoin = "round";
      pen.beginPath();
      for (const [x, y] of points) pen.lineTo(hand.left * image.width + x * size, hand.top * image.height + y * size);
      pen.stroke();
    };
    const fingers: [number[][], number][] = [
      [[[0.3, 0.7], [0.17, 0.58], [0.08, 0.47]], 0.098],
      [[[0.36, 0.5], [0.32, 0.33], [0.3, 0.18]], 0.082],
      [[[0.48, 0.47], [0.48, 0.27], [0.48, 0.1]], 0.086],
      [[[0.6, 0.49], [0.64, 0.31], [0.66, 0.15]], 0.082],
      [[[0.7, 0.54], [0.78, 0.4], [0.83, 0.28]], 0.07],
    ];
    for (const [joints, breadth] of fingers) line(joints, breadth + 0.016, 0.6);
    for (const [joints, breadth] of fingers) {
      line(joints, breadth, 1);
      line([joints[2], [joints[2][0], joints[2][1] + 0.001]], 0.5 * breadth, 1.2);
    }
    line([[0.38, 0.85], [0.3, 0.7]], 0.14, 1);
    for (const [x, end] of [[0.42, 0.46], [0.52, 0.52], [0.61, 0.56]]) line([[x, 0.58], [end, 0.93]], 0.18, 1);
    return canvas.toDataURL("image/png").split(",")[1];
  }, { address, hand: HAND });
  return { name: "hand.png", mimeType: "image/png", buffer: Buffer.from(drawn, "base64") };
}

/** Mean difference of two pictures, in levels, around the middle of the drawn palm. */
function changeOfPalm(before: PNG, after: PNG): number {
  const [x, y] = [(HAND.left + 0.5 * HAND.size) * before.width, (HAND.top + 0.6 * HAND.size) * before.height].map(Math.round);
  let sum = 0;
  for (let row = y - 12; row < y + 12; row++) {
    for (let column = x - 12; column < x + 12; column++) {
      const at = 4 * (row * before.width + column);
      for (let k = at; k < at + 3; k++) sum += Math.abs(before.data[k] - after.data[k]);
    }
  }
  return sum / (24 * 24 * 3);
}

test("a hand before the face stays, and only who brings photos loads what sees it", async ({ page }) => {
  const loaded: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/assets/models/hand_")) loaded.push(new URL(request.url()).pathname);
  });
  await visit(page);
  await grafted(page);
  expect(loaded, "samples have no hands").toEqual([]);
  const photo = await withHand(page, samples[8]);
  await give(target(page), photo);
  await expect(target(page)).toContainText("1 face found");
  const before = PNG.sync.read(photo.buffer);
  // What is left of a difference is the mark's.
  await expect.poll(async () => changeOfPalm(before, await downloadPng(page)), { timeout: 60_000 }).toBeLessThan(3);
  expect(loaded).toEqual(["/assets/models/hand_detector.safetensors", "/assets/models/hand_landmarks.safetensors"]);

  // From here on a photo is looked at when it is opened, and nothing is loaded twice.
  await give(source(page), samples[2]);
  await expect(source(page)).toContainText("1 face found");
  await grafted(page);
  expect(changeOfPalm(before, await downloadPng(page))).toBeLessThan(3);
  expect(loaded).toHaveLength(2);
});

test.describe("offline in the middle of it", () => {
  test.use({ expectedFault: /ERR_FAILED/ });

  test("without what sees hands the graft is made all the same, and another photo asks again", async ({ page }) => {
    let refused = 0;
    await page.route("**/assets/models/hand_*", (route) => {
      refused += 1;
      return route.abort();
    });
    await visit(page);
    await grafted(page);
    const photo = await withHand(page, samples[8]);
    await give(target(page), photo);
    await expect.poll(() => refused).toBe(1);
    await grafted(page);
    const before = PNG.sync.read(photo.buffer);
    expect(changeOfPalm(before, await downloadPng(page)), "painted over").toBeGreaterThan(6);
    await expect(page.getByRole("alert")).toHaveCount(0);
    await page.unroute("**/assets/models/hand_*");
    await give(source(page), samples[2]);
    await expect.poll(async () => changeOfPalm(before, await downloadPng(page)), { timeout: 60_000 }).toBeLessThan(3);
  });
});
