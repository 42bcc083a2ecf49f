// How the pages look, beside how they looked. `cargo xtask test end2end --update-pictures` takes the pictures anew; look at them before they are committed.

import { type Page, type TestInfo } from "@playwright/test";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, grafted, source, test, visit } from "./house";
import { member } from "./people";

const folder = join(__dirname, "..", "pictures");
const update = !!process.env.UPDATE_PICTURES;

/** Pictures are kept small: enough to see what moved, what vanished and what changed its colour. */
const WIDTH = 420;
/** A pixel differs when a channel is off by more than this, of 255: above what JPEG does to it. */
const CHANNEL = 40;
/** Share of pixels that may differ: letters are drawn a little differently from machine to machine. */
const SHARE = 0.012;

interface Comparison {
  picture: string;
  share: number;
}

/** Makes the small picture of a screenshot, and compares it with the one that is kept. In the browser, which has the codecs. */
async function compare(page: Page, screenshot: Buffer, kept: Buffer | null): Promise<Comparison> {
  const bench = await page.context().newPage();
  try {
    return await bench.evaluate(
      async ({ screenshot, kept, width, channel }) => {
        const decode = async (data: string) => {
          const image = new Image();
          image.src = data;
          await image.decode();
          return image;
        };
        const pixels = (image: HTMLImageElement, height: number) => {
          const canvas = Object.assign(document.createElement("canvas"), { width, height });
          const context = canvas.getContext("2d")!;
          context.imageSmoothingQuality = "high";
          context.drawImage(image, 0, 0, width, height);
          return { canvas, data: context.getImageData(0, 0, width, height).data };
        };
        const now = await decode(screenshot);
        const height = Math.round((now.height * width) / now.width);
        const fresh = pixels(now, height);
        const picture = fresh.canvas.toDataURL("image/jpeg", 0.72).split(",")[1];
        if (!kept) return { picture, share: 1 };
        const before = await decode(kept);
        if (before.height !== height) return { picture, share: 1 };
        const old = pixels(before, height).data;
        let differ = 0;
        for (let at = 0; at < old.length; at += 4) {
          const off = [0, 1, 2].some((part) => Math.abs(old[at + part] - fresh.data[at + part]) > channel);
          if (off) differ++;
        }
        return { picture, share: (differ * 4) / old.length };
      },
      {
        screenshot: `data:image/png;base64,${screenshot.toString("base64")}`,
        kept: kept && `data:image/jpeg;base64,${kept.toString("base64")}`,
        width: WIDTH,
        channel: CHANNEL,
      },
    );
  } finally {
    await bench.close();
  }
}

/** What differs from run to run: how long a graft took. */
async function still(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelectorAll(".status [aria-hidden=true]:not(.dot)").forEach((number) => number.textContent && (number.textContent = " in 100 ms")));
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  // A busy machine decodes a picture after the page says that it is loaded.
  await page.evaluate(async () => {
    const inSight = [...document.images].filter((image) => image.checkVisibility() && image.getBoundingClientRect().top < innerHeight);
    await Promise.all(inSight.map((image) => image.decode().catch(() => undefined)));
  });
}

const pages: { name: string; path: string; whole?: boolean; document?: boolean; graft?: boolean }[] = [
  { name: "home", path: "/", graft: true },
  { name: "studio", path: "/studio", graft: true },
  { name: "live", path: "/live" },
  { name: "models", path: "/models" },
  { name: "design", path: "/design", whole: true },
  { name: "sign-in", path: "/sign-in", document: true },
  { name: "sign-up", path: "/sign-up", document: true },
];

/** What somebody sees who is signed in. Their address is new each time: too little of a picture to tell. */
const account = ["account", "account/settings", "account/security", "account/keys", "account/data"];

/** Compares the page with its picture, or takes the picture anew. */
async function looksAsItDid(page: Page, info: TestInfo, name: string, fullPage = false): Promise<void> {
  await still(page);
  const file = join(folder, `${name}.jpg`);
  const kept = existsSync(file) ? readFileSync(file) : null;
  const screenshot = await page.screenshot({ fullPage, animations: "disabled", caret: "hide" });
  const { picture, share } = await compare(page, screenshot, kept);
  if (update) {
    mkdirSync(folder, { recursive: true });
    // What looks the same is left alone, so that a change shows in its pictures and no others.
    if (share > SHARE) writeFileSync(file, Buffer.from(picture, "base64"));
    return;
  }
  await info.attach("now", { body: screenshot, contentType: "image/png" });
  expect(kept, `${file} is missing: take it with --update-pictures`).not.toBeNull();
  expect.soft(share, `${name}: share of pixels that differ`).toBeLessThanOrEqual(SHARE);
}

for (const colorScheme of ["dark", "light"] as const) {
  for (const width of [390, 768, 1440]) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height: width === 390 ? 844 : width === 768 ? 1024 : 900 } });

      for (const { name, path, whole, document, graft } of pages) {
        test(`${name} looks as it did`, async ({ page }, info) => {
          if (document) await page.goto(path);
          else await visit(page, path);
          if (graft) await grafted(page);
          // Its engine gets the face only.
          if (name === "live") await expect(source(page)).toContainText("facing you");
          await looksAsItDid(page, info, `${name}-${colorScheme}-${width}`, whole);
        });
      }

      test("the account looks as it did", async ({ page }, info) => {
        await member(page);
        for (const path of account) {
          await page.goto(`/${path}`);
          await looksAsItDid(page, info, `${path.replace("/", "-")}-${colorScheme}-${width}`);
        }
      });
    });
  }
}
