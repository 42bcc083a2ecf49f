// Brings the page to life once what there is to see is on the screen: before that its program would take the line from the
// pictures, and the processor from painting them. `page` is what the server wrote above.

/** At the latest, in milliseconds after the document was read: on a slow line, and in a tab that nobody looks at. */
const PATIENCE_MS = 3000;

function early(rel, href, more) {
  document.head.append(Object.assign(document.createElement("link"), { rel, href, crossOrigin: "anonymous" }, more));
}

let begun = false;

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
  if (begun) return;
  begun = true;
  early("modulepreload", page.script, { integrity: page.script_integrity });
  for (const href of [page.wasm, ...page.pieces]) early("preload", href, { as: "fetch", type: "application/wasm" });
  const { default: init, hydrate } = await import(page.script);
  await init({ module_or_path: page.wasm });
  hydrate();
}

/** Fulfilled once the browser has painted what is largest, or, where it does not tell, the next frame. */
const painted = () =>
  new Promise((resolve) => {
    const type = "largest-contentful-paint";
    if (!PerformanceObserver.supportedEntryTypes.includes(type)) {
      requestAnimationFrame(() => setTimeout(resolve));
      return;
    }
    const observer = new PerformanceObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe({ type, buffered: true });
  });

const start = () => begin().catch(stopped);

if (document.readyState === "complete") {
  start();
} else {
  addEventListener("load", () => painted().then(start));
  setTimeout(start, PATIENCE_MS);
}
