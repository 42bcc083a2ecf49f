// Begins what a page can do beyond HTML once what there is to see is on the screen: before that, scripts would take the line
// from the pictures, and the processor from painting them. What there is to fetch stands on this script's own element.

/** At the latest, in milliseconds after the document was read: on a slow line, and in a tab that nobody looks at. */
const PATIENCE_MS = 3000;

const own = document.querySelector("script[data-scripts]").dataset;

// A browser may offer to install the app before the script is there that takes the offer.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  window.installOffer = event;
});

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

const seen = new Promise((resolve) => {
  if (document.readyState === "complete") return resolve();
  addEventListener("load", () => painted().then(resolve));
  setTimeout(resolve, PATIENCE_MS);
});

/** Pictures that may wait. */
function laterPictures() {
  for (const picture of document.querySelectorAll("img[data-src]")) picture.src = picture.dataset.src;
}

/** Fulfilled once every script has begun. One that is missing takes only its own comforts along. */
const begun = seen.then(() => {
  laterPictures();
  document.head.append(Object.assign(document.createElement("link"), { rel: "manifest", href: own.manifest }));
  return Promise.all(own.scripts.split(" ").map((script) => import(script).catch(console.error)));
});

// A page without a program hears every click from here on; any other when its program has begun.
if (!own.program) begun.then(() => (document.body.dataset.hydrated = "true"));
