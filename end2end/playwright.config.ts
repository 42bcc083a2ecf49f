import { defineConfig } from "@playwright/test";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// `cargo xtask test end2end` builds everything, finds Chromium and sets MOG and CHROMIUM.
const mog = process.env.MOG ?? "mog";
const port = process.env.MOG_TEST_PORT ?? "3117";
const origin = `http://127.0.0.1:${port}`;
// The tests read the mails that the server writes there. Workers read this file again: they keep the first one's folder.
const data = (process.env.MOG_TEST_DATA ??= mkdtempSync(join(tmpdir(), "mog-end2end-")));

export default defineConfig({
  testDir: "tests",
  outputDir: "results",
  timeout: 120_000,
  expect: { timeout: 30_000, toMatchAriaSnapshot: { pathTemplate: "{testDir}/../outlines/{arg}{ext}" } },
  // Two cores: a third page would only slow the other two down.
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  reporter: [["list"]],
  // A shared machine may stall for seconds; what fails twice is broken.
  retries: process.env.CI ? 1 : 0,
  use: {
    baseURL: origin,
    // A service worker goes on after its page: only the tests about it have one.
    serviceWorkers: "block",
    // What still moves cannot be clicked reliably, by a program.
    contextOptions: { reducedMotion: "reduce" },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    },
  },
  webServer: {
    command: `${mog} serve --addr 127.0.0.1:${port} --public-url ${origin} --data ${data}`,
    cwd: join(__dirname, ".."),
    url: `${origin}/health`,
    timeout: 60_000,
    // Many people sign in from one address here, within a minute.
    env: { RUST_LOG: "warn", MOG_LIMITS__ENABLED: "false" },
    stdout: "ignore",
    stderr: "pipe",
  },
});
