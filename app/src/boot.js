// Brings the page to life once what there is to see has arrived: before that its program would take the line from the
// pictures. On a slow line nobody waits for them longer than that. `page` is what the server wrote above.

/** At the latest, in milliseconds after the document was read. */
const PATIENCE_MS = 3000;

function early(rel, href, more) {
  document.head.append(Object.assign(document.createElement("link"), { rel, href, crossOrigin: "anonymous" }, more));
}

let begun = false;

async function begin() {
  if (begun) return;
  begun = true;
  early("modulepreload", page.script, { integrity: page.script_integrity });
  for (const href of [page.wasm, ...page.pieces]) early("preload", href, { as: "fetch", type: "application/wasm" });
  const { default: init, hydrate } = await import(page.script);
  await init({ module_or_path: page.wasm });
  hydrate();
}

if (document.readyState === "complete") {
  begin();
} else {
  addEventListener("load", begin);
  setTimeout(begin, PATIENCE_MS);
}
