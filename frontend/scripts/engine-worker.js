// Starts the engine in a Web Worker. The first message says where everything is:
// {engine: {script, wasm}, relaxed_engine: {script, wasm} or null, models}, each file {name, url, bytes}. Bytes are
// counted as they arrive, then Rust takes over.
// What follows is the conversation of contract/src/studio.rs.

self.onmessage = async (event) => {
  self.onmessage = null;
  try {
    await start(event.data);
  } catch (error) {
    console.warn("The engine did not start:", error);
    self.postMessage({ boot: "failed", code: reason(error) });
  }
};

/** What the engine is made of did not arrive, or arrived damaged; any other failure is the browser's. */
class ModelsError extends Error {}

function reason(error) {
  return error instanceof ModelsError ? "models_unavailable" : "browser_unsupported";
}

// A module of one function (f32x4.relaxed_madd of three vectors of zeros): a browser that finds it valid has relaxed SIMD.
const RELAXED_SIMD = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0,
  65, 0, 253, 15, 65, 0, 253, 15, 65, 0, 253, 15, 253, 133, 2, 11,
];

/** The fastest engine that this browser can load. */
function choose(engine, relaxed) {
  return relaxed && WebAssembly.validate(new Uint8Array(RELAXED_SIMD)) ? relaxed : engine;
}

async function start({ engine, relaxed_engine, models }) {
  const { script, wasm } = choose(engine, relaxed_engine);
  const count = counter([wasm, ...models].reduce((sum, file) => sum + file.bytes, 0));
  const [module, program, ...files] = await Promise.all([
    import(ownAddress(script.url)),
    download(wasm.url, count),
    ...models.map((model) => download(model.url, count)),
  ]);
  await module.default({ module_or_path: program.buffer });
  const studio = open(module, models, files);
  self.onmessage = ({ data }) => studio.handle(data.id, data.request, data.beside);
  self.postMessage({ boot: "ready" });
}

function open(module, models, files) {
  const names = models.map((model) => model.name);
  try {
    return new module.Studio(names, files);
  } catch (error) {
    throw new ModelsError(error.message);
  }
}

/** Only our own code may become the engine. */
function ownAddress(address) {
  const url = new URL(address, self.location.origin);
  if (url.origin !== self.location.origin) throw new TypeError(`not an address of ours: ${address}`);
  return url.href;
}

/** Reports what has arrived, at most ten times a second. */
function counter(total_bytes) {
  let received_bytes = 0;
  let reported = 0;
  return (more) => {
    received_bytes += more;
    const now = performance.now();
    if (now - reported < 100 && received_bytes < total_bytes) return;
    reported = now;
    self.postMessage({ boot: "loading", received_bytes, total_bytes });
  };
}

async function download(address, count) {
  let response;
  try {
    response = await fetch(ownAddress(address));
  } catch (error) {
    throw new ModelsError(`${address}: ${error.message}`);
  }
  if (!response.ok) throw new ModelsError(`${address}: status ${response.status}`);
  const chunks = [];
  let length = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
    count(value.length);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
