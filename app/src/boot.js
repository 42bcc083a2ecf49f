// Brings the page to life. Follows `start.js`, which knows when and with what.

const program = JSON.parse(own.program);

function early(rel, href, more) {
  document.head.append(Object.assign(document.createElement("link"), { rel, href, crossOrigin: "anonymous" }, more));
}

/** A program that panics, or misses a piece of itself, does not go on: the page is still there, and says so. */
function stopped() {
  document.querySelector("[data-notice=stopped]").hidden = false;
}
for (const event of ["error", "unhandledrejection"]) {
  addEventListener(event, ({ error, reason }) => {
    if ((error ?? reason) instanceof WebAssembly.RuntimeError) stopped();
  });
}

async function begin() {
  early("modulepreload", program.script, { integrity: program.script_integrity });
  for (const href of [program.wasm, ...program.pieces]) early("preload", href, { as: "fetch", type: "application/wasm" });
  const { default: init, hydrate } = await import(program.script);
  await init({ module_or_path: program.wasm });
  await begun;
  hydrate();
}

seen.then(begin).catch(stopped);
