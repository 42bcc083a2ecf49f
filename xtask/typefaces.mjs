// Writes the two typefaces (SIL Open Font License) from their npm packages to the folder that is named: whole, and cut down
// to what nearly every text of the product is set in, which is all that most visitors load.
//
// Usage: node xtask/typefaces.mjs FOLDER

import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import subsetFont from "subset-font";

/** ASCII and what French adds to it; `style/tokens.css` gives the same ranges. */
const CORE =
  Array.from({ length: 0x7f - 0x20 }, (_, at) => String.fromCodePoint(0x20 + at)).join("") +
  "\u00a0«·»×ÀÂÆÇÈÉÊËÎÏÔÙÛÜàâæçèéêëîïôùûüÿŒœ–—‘’“”…\u202f€−";

const TYPEFACES = [
  {
    from: "@fontsource-variable/geist",
    files: ["geist-latin-wght-normal", "geist-latin-ext-wght-normal"],
    core: "geist-core",
    // Every weight of the style sheets, and figures of one width.
    options: { variationAxes: { wght: { min: 400, max: 700 } }, keepFeatures: ["kern", "tnum", "locl", "ccmp", "mark"] },
  },
  {
    from: "@fontsource/instrument-serif",
    files: ["instrument-serif-latin-400-normal", "instrument-serif-latin-ext-400-normal"],
    core: "instrument-serif-core",
    // It stands in headings alone, at sizes that need no hints.
    options: { noHinting: true, keepFeatures: ["kern", "liga", "locl", "ccmp", "mark"] },
  },
];

const folder = process.argv[2];
const { resolve } = createRequire(import.meta.url);
mkdirSync(folder, { recursive: true });
for (const { from, files, core, options } of TYPEFACES) {
  const whole = files.map((name) => join(dirname(resolve(`${from}/package.json`)), "files", `${name}.woff2`));
  whole.forEach((path, at) => copyFileSync(path, join(folder, `${files[at]}.woff2`)));
  const cut = await subsetFont(readFileSync(whole[0]), CORE, { targetFormat: "woff2", ...options });
  writeFileSync(join(folder, `${core}.woff2`), cut);
}
