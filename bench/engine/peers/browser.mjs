// Everything that runs in Chromium, in one page: `<peer> <network> <count>` lines are answered with the milliseconds of each
// run. Arguments: chromium, playwright's folder, onnxruntime-web's folder, folder with kernels-*.wasm, *.onnx and *.f32.
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [, , executablePath, playwright, ort, files] = process.argv;
const { chromium } = await import(`${playwright}/index.mjs`);
const roots = { "/ort/": `${ort}/`, "/files/": `${files}/` };
const types = { js: "text/javascript", mjs: "text/javascript", wasm: "application/wasm" };

const server = createServer((request, response) => {
  const root = Object.keys(roots).find((prefix) => request.url.startsWith(prefix));
  const path = root && roots[root] + request.url.slice(root.length);
  if (path && !existsSync(path)) response.statusCode = 404;
  response.setHeader("content-type", types[request.url.split(".").pop()] ?? "text/html");
  response.end(path && existsSync(path) ? readFileSync(path) : "<!doctype html>");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.evaluate(async () => {
  const names = ["detector", "mesh"];
  const peers = {};
  for (const build of ["simd128", "relaxed"]) {
    const { instance } = await WebAssembly.instantiateStreaming(fetch(`/files/kernels-${build}.wasm`), {});
    peers[build] = names.map((_, which) => async () => instance.exports.run(which, 1));
  }
  const ort = await import("/ort/ort.wasm.min.mjs");
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = "/ort/";
  peers.ort = [];
  for (const [name, side] of [["detector", 128], ["mesh", 192]]) {
    const session = await ort.InferenceSession.create(`/files/${name}.onnx`, { executionProviders: ["wasm"] });
    const picture = new Float32Array(await (await fetch(`/files/${name}.f32`)).arrayBuffer());
    const input = new ort.Tensor("float32", picture, [1, side, side, 3]);
    peers.ort.push(() => session.run({ input }));
  }
  globalThis.measure = async (peer, network, count) => {
    const run = peers[peer][names.indexOf(network)];
    const times = [];
    for (let i = 0; i < count; i++) {
      const start = performance.now();
      await run();
      times.push(performance.now() - start);
    }
    return times;
  };
});
console.log(`ready Chromium ${browser.version()}`);
for await (const line of createInterface({ input: process.stdin })) {
  const [peer, network, count] = line.split(" ");
  console.log((await page.evaluate(([p, n, c]) => measure(p, n, c), [peer, network, +count])).join(" "));
}
await browser.close();
server.close();
