// Everything that runs in Chromium, in one page: `<peer> <what> <count>` lines are answered with the milliseconds of each
// run; what is a network, or `frame` for a camera's whole picture. Arguments: chromium, the repository, onnxruntime-web's
// folder, folder with kernels-*.wasm, *.onnx and *.f32.
import { createServer } from "node:http";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";

const [, , executablePath, repository, ort, files] = process.argv;
const { chromium } = await import(`${repository}/node_modules/playwright-core/index.mjs`);
const roots = {
  "/ort/": `${ort}/`,
  "/files/": `${files}/`,
  "/peers/": `${repository}/bench/engine/peers/`,
  "/pkg/": `${repository}/dist/`,
  "/assets/": `${repository}/assets/`,
  "/mediapipe/": `${repository}/node_modules/@mediapipe/face_mesh/`,
};
const types = { js: "text/javascript", mjs: "text/javascript", wasm: "application/wasm" };

const server = createServer((request, response) => {
  const root = Object.keys(roots).find((prefix) => request.url.startsWith(prefix));
  const path = root && roots[root] + request.url.slice(root.length);
  if (path && !existsSync(path)) response.statusCode = 404;
  response.setHeader("content-type", types[request.url.split(".").pop()] ?? "text/html");
  response.end(path && existsSync(path) ? readFileSync(path) : "<!doctype html>");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

// Where there is no GPU, WebGL is drawn by the processor; only `@mediapipe/face_mesh` needs it.
const args = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"];
const browser = await chromium.launch({ executablePath, args });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.evaluate(async () => {
  const subjects = ["detector", "mesh", "frame"];
  const peers = {};
  /** What has nothing to prepare. */
  const plain = (run) => ({ prepare: async () => {}, run });
  for (const build of ["simd128", "relaxed"]) {
    const { instance } = await WebAssembly.instantiateStreaming(fetch(`/files/kernels-${build}.wasm`), {});
    peers[build] = [0, 1].map((which) => plain(async () => instance.exports.run(which, 1)));
  }
  const ort = await import("/ort/ort.wasm.min.mjs");
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = "/ort/";
  peers.ort = [];
  for (const [name, side] of [["detector", 128], ["mesh", 192]]) {
    const session = await ort.InferenceSession.create(`/files/${name}.onnx`, { executionProviders: ["wasm"] });
    const picture = new Float32Array(await (await fetch(`/files/${name}.f32`)).arrayBuffer());
    const input = new ort.Tensor("float32", picture, [1, side, side, 3]);
    peers.ort.push(plain(() => session.run({ input })));
  }
  const { live, moving } = await import("/peers/live.js");
  const { mediapipe } = await import("/peers/mediapipe.js");
  const size = [1280, 720];
  const pictures = await moving("/assets/samples/amber.webp", size);
  const file = async (url) => ({ name: url.split("/").pop(), url, bytes: (await (await fetch(url)).arrayBuffer()).byteLength });
  const models = await Promise.all(
    ["face_detector", "face_mesh", "face_topology"].map((name) => file(`/assets/models/${name}.safetensors`)),
  );
  const engine = async (name) => ({ script: await file(`/pkg/${name}.js`), wasm: await file(`/pkg/${name}_bg.wasm`) });
  const both = { engine: await engine("worker"), relaxed_engine: await engine("worker-relaxed") };
  for (const [peer, relaxed_engine] of [["relaxed", both.relaxed_engine], ["simd128", null]]) {
    const boot = { engine: both.engine, relaxed_engine, models };
    peers[peer][2] = await live("/pkg/scripts/engine-worker.js", boot, "/assets/samples/copper.webp", pictures, size);
  }
  peers.mediapipe = { 2: await mediapipe("/mediapipe/", pictures) };
  globalThis.measure = async (peer, subject, count) => {
    const { prepare, run } = peers[peer][subjects.indexOf(subject)];
    const times = [];
    for (let i = 0; i < count; i++) {
      const input = await prepare();
      const start = performance.now();
      await run(input);
      times.push(performance.now() - start);
    }
    return times;
  };
});
console.log(`ready Chromium ${browser.version()}`);
for await (const line of createInterface({ input: process.stdin })) {
  const [peer, subject, count] = line.split(" ");
  console.log((await page.evaluate(([p, s, c]) => measure(p, s, c), [peer, subject, +count])).join(" "));
}
await browser.close();
server.close();
