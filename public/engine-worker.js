// Starts the engine in a Web Worker. The first message says where everything is:
// {script, wasm, models: [{name, url, bytes}], total_bytes}. Bytes are counted as they arrive, then Rust takes over.
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

async function start({ script, wasm, models, total_bytes }) {
  const count = counter(total_bytes);
  const [module, program, ...files] = await Promise.all([
    import(ownAddress(script)),
    download(wasm, count),
    ...models.map((model) => download(model.url, count)),
  ]);
  await module.default({ module_or_path: program.buffer });
  const studio = open(module, models, files);
  self.onmessage = ({ data }) => studio.handle(data.id, data.request, data.bytes);
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
