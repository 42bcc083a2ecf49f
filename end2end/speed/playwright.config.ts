import { defineConfig } from "@playwright/test";
import shared from "../playwright.config";

// Lighthouse's turn: the shipped client, one page at a time.
export default defineConfig({
  ...shared,
  testDir: ".",
  outputDir: "../results/speed",
  timeout: 300_000,
  workers: 1,
  fullyParallel: false,
});
