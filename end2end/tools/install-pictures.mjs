// Draws what a system shows of the app when it is installed, into `public/icons/`: the icons from `public/favicon.svg`, and
// with `--studio http://127.0.0.1:3000` two pictures of that running studio with the sample portraits.
//
//   npm run install-pictures -- --studio http://127.0.0.1:3000

import { chromium } from "@playwright/test";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const to = (name) => join(root, "public", "icons", name);
const mark = readFileSync(join(root, "public", "favicon.svg"), "utf8");
// Systems cut maskable icons to their own shape: the ground goes to the edges, and the mark, with a little more room, stays
// within 40 % of the centre (W3C, Web App Manifest, "safe zone").
const ground = mark.match(/<rect[^>]*fill="([^"]+)"/)[1];
const fullBleed = mark.replace(/<rect[^>]*>/, `<rect x="-2" y="-2" width="36" height="36" fill="${ground}"/>`).replace('viewBox="0 0 32 32"', 'viewBox="-1.5 -1.5 35 35"');

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

async function icon(svg, name, side) {
  const page = await browser.newPage({ viewport: { width: side, height: side } });
  await page.setContent(`<style>html,body{margin:0}svg{display:block;width:${side}px;height:${side}px}</style>${svg}`);
  await page.screenshot({ path: to(name), omitBackground: true });
  await page.close();
}

async function studio(address, name, { width, height, scale }) {
  const page = await browser.newPage({ viewport: { width, height }, deviceScaleFactor: scale, colorScheme: "dark", locale: "en", reducedMotion: "reduce" });
  await page.goto(address);
  await page.locator('[data-state="done"]').waitFor();
  // The picture is of the studio, not of the moment.
  await page.waitForTimeout(1500);
  await page.screenshot({ path: to(name), type: "jpeg", quality: 78 });
  await page.close();
}

for (const side of [192, 512]) {
  await icon(mark, `icon-${side}.png`, side);
  await icon(fullBleed, `maskable-${side}.png`, side);
}
await icon(fullBleed, "apple-touch-icon.png", 180);

const at = process.argv.indexOf("--studio");
if (at > 0) {
  const { start_url } = await (await fetch(new URL("/manifest.webmanifest", process.argv[at + 1]))).json();
  const address = new URL(start_url, process.argv[at + 1]).href;
  await studio(address, "studio-wide.jpg", { width: 1280, height: 800, scale: 1 });
  await studio(address, "studio-narrow.jpg", { width: 390, height: 844, scale: 2 });
}
await browser.close();
