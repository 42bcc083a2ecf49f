// Reads the manifest of a picture in a Web Worker. The one message it gets is {script, wasm, bytes}: the addresses of the
// reader, and the picture's file. The one that it sends is {manifest}, bytes that contract/src/provenance.rs explains, or
// {failed: true}.

self.onmessage = async ({ data: { script, wasm, bytes } }) => {
  try {
    const module = await import(ownAddress(script));
    await module.default({ module_or_path: ownAddress(wasm) });
    self.postMessage({ manifest: module.read(new Uint8Array(bytes)) });
  } catch (error) {
    console.warn("The manifest could not be read:", error);
    self.postMessage({ failed: true });
  }
};

/** Only our own code may become the reader. */
function ownAddress(address) {
  const url = new URL(address, self.location.origin);
  if (url.origin !== self.location.origin) throw new TypeError(`not an address of ours: ${address}`);
  return url.href;
}
