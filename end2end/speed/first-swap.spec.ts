// From the click to the first picture swapped in the browser, on a line of 10 Mbit/s with 40 ms to the server: once with
// nothing kept, once with everything. The times are printed, not asserted, because the machine may be busy; the bytes are.

import { type Page, expect, test } from "@playwright/test";
import { type AddressInfo, type Socket, connect, createServer } from "node:net";

/** What the way to the first swap may take over the wire, engine, models and samples included. */
const BYTES_AT_MOST = 3_000_000;

/** What a comparable program downloads before its first swap (FaceFusionWasm). */
const PEER_BYTES = 465_000_000;

const LINE = { bytes_per_ms: 1250, latency_ms: 40 };

/** Writes after a while, in the order that it was asked to: timers that are due together come in any. */
function later(to: Socket): (data: Buffer, ms: number) => void {
  const waiting: Buffer[] = [];
  return (data, ms) => {
    waiting.push(data);
    setTimeout(() => to.write(waiting.shift()!), ms);
  };
}

/** A line to the server: what comes down it is slowed, and counted with its headers. */
async function slowLine(port: number) {
  const line = { bytes: 0, address: "", close: () => {} };
  let freeAt = 0;
  const server = createServer((browser) => {
    const upstream = connect(port, "127.0.0.1");
    const [up, down] = [later(upstream), later(browser)];
    browser.on("error", () => upstream.destroy()).on("data", (data) => up(data, LINE.latency_ms / 2));
    browser.on("close", () => upstream.destroy());
    upstream.on("error", () => browser.destroy()).on("data", (data) => {
      line.bytes += data.length;
      freeAt = Math.max(freeAt, performance.now()) + data.length / LINE.bytes_per_ms;
      down(data, freeAt - performance.now() + LINE.latency_ms / 2);
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  line.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  line.close = () => void server.close();
  return line;
}

/** Opens a page, then the studio by a click; how long until the graft stands there. */
async function firstSwap(page: Page, address: string): Promise<number> {
  await page.goto(`${address}/models`);
  await expect(page.locator("body[data-hydrated]")).toBeAttached();
  const start = Date.now();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Studio" }).click();
  await expect(page.locator("[data-state=done]")).toBeAttached();
  return Date.now() - start;
}

test("the first swap is light, and the second visit needs next to nothing", async ({ page, baseURL }) => {
  const line = await slowLine(Number(new URL(baseURL!).port));
  const cold = { click_to_swap_ms: await firstSwap(page, line.address), bytes: line.bytes };
  const warm = { click_to_swap_ms: await firstSwap(page, line.address), bytes: line.bytes - cold.bytes };
  line.close();
  console.log({ cold, warm, peer: { bytes: PEER_BYTES, download_ms: PEER_BYTES / LINE.bytes_per_ms } });
  expect(cold.bytes).toBeLessThanOrEqual(BYTES_AT_MOST);
  expect(warm.bytes).toBeLessThanOrEqual(cold.bytes / 10);
});
