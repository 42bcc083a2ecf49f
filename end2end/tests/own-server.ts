// A server of a test's own, to stop, to start again with another build, and to lose answers of.

import { expect, type Page } from "@playwright/test";
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request as httpRequest, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const root = join(__dirname, "..", "..");

async function freePort(): Promise<number> {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** `mog serve` with data and mails of its own, at an address that stays the same over its restarts. */
export class OwnServer {
  readonly folder = mkdtempSync(join(tmpdir(), "mog-own-"));
  private process?: ChildProcess;

  private constructor(
    readonly port: number,
    readonly origin: string,
  ) {}

  /** Started. `origin` is what visitors see, where something stands between. */
  static async start(options: { origin?: string; port?: number; dist?: string } = {}): Promise<OwnServer> {
    const port = options.port ?? (await freePort());
    const server = new OwnServer(port, options.origin ?? `http://127.0.0.1:${port}`);
    await server.start(options.dist);
    return server;
  }

  async start(dist = join(root, "dist")): Promise<void> {
    const addr = `127.0.0.1:${this.port}`;
    const args = ["serve", "--addr", addr, "--public-url", this.origin, "--data", join(this.folder, "data")];
    const env = { ...process.env, RUST_LOG: "warn", MOG_LIMITS__ENABLED: "false", MOG_DIST: dist };
    this.process = spawn(process.env.MOG ?? "mog", args, { cwd: root, env, stdio: ["ignore", "ignore", "inherit"] });
    await expect.poll(() => fetch(`http://${addr}/health`).then((answer) => answer.ok, () => false), { timeout: 60_000 }).toBe(true);
  }

  /** Gone at once, as when the power fails. */
  async kill(): Promise<void> {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process!.once("exit", resolve));
    this.process.kill("SIGKILL");
    await ended;
  }

  /** The client as another version of it would be: new names, other bytes, the same program. */
  nextVersion(): string {
    const dist = join(this.folder, "next");
    cpSync(join(root, "dist"), dist, { recursive: true });
    const page = readFileSync(join(dist, "page.json"), "utf8");
    const { folder, integrity } = JSON.parse(page) as { folder: string; integrity: string };
    const [name, next] = [basename(folder), `page-${NEXT}`];
    renameSync(join(dist, name), join(dist, next));
    for (const piece of readdirSync(join(dist, next))) {
      if (piece.endsWith(".br")) rmSync(join(dist, next, piece));
      if (piece.endsWith(".js")) appendFileSync(join(dist, next, piece), "\n// the next version\n");
      // An empty custom section (WebAssembly 1.0, 5.5.3).
      if (piece.endsWith(".wasm")) appendFileSync(join(dist, next, piece), Buffer.from([0, 3, 2, 118, 50]));
    }
    const hash = createHash("sha384").update(readFileSync(join(dist, next, "page.js"))).digest("base64");
    writeFileSync(join(dist, "page.json"), page.replaceAll(name, next).replace(integrity, `sha384-${hash}`));
    return dist;
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true });
  }
}

/** What the next version of the page is called. */
export const NEXT = "fedcba9876543210";

/** Something between browser and server that can let a request through and lose its answer. */
export class LossyProxy {
  private server!: Server;
  /** Requests of this kind are carried out, and their sender never hears of it. */
  lose?: (method: string, path: string) => boolean;
  lost = 0;
  /** Of each request to change something: its method, the status of its answer, and whether it was given before. */
  answers: [string, number, boolean][] = [];

  static async start(): Promise<LossyProxy> {
    const proxy = new LossyProxy();
    await proxy.listen();
    return proxy;
  }

  target = 0;

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  private async listen(): Promise<void> {
    this.server = createServer((from, to) => {
      const { method = "GET", url = "/", headers } = from;
      const forward = httpRequest({ host: "127.0.0.1", port: this.target, method, path: url, headers }, (answer) => {
        if (!["GET", "HEAD"].includes(method)) this.answers.push([method, answer.statusCode!, answer.headers["idempotency-replayed"] === "true"]);
        if (!this.lose?.(method, url)) {
          to.writeHead(answer.statusCode!, answer.rawHeaders);
          answer.pipe(to);
          return;
        }
        answer.resume().once("end", () => {
          this.lost++;
          to.destroy();
        });
      });
      forward.on("error", () => to.destroy());
      from.pipe(forward);
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => this.server.once("listening", resolve));
  }

  async end(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Waits until everything lies on the device, and the page is in the worker's hands. */
export async function offlineReady(page: Page): Promise<void> {
  await expect(page.locator("html[data-offline='ready']")).toBeAttached();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

/** Every answer in every cache: its address and what it says. */
export async function cached(page: Page): Promise<{ cache: string; address: string; headers: Record<string, string>; text: string }[]> {
  return page.evaluate(async () => {
    const all = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const answer = (await cache.match(request, { ignoreVary: true }))!;
        const html = answer.headers.get("content-type")?.startsWith("text/html");
        const text = html ? await answer.text() : "";
        all.push({ cache: name, address: request.url.replace(location.origin, ""), headers: Object.fromEntries(answer.headers), text });
      }
    }
    return all;
  });
}

/** What the device keeps for its person, by store. */
export async function stored(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open("mog");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const counts: Record<string, number> = {};
    for (const name of ["queue", "news", "photos"]) {
      const request = database.transaction(name).objectStore(name).count();
      counts[name] = await new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    }
    database.close();
    return counts;
  });
}
