// What the frame of every page can do beyond HTML: the command palette, the appearance without a reload, dialogs in
// browsers that do not know `commandfor`. The app's pages and the account's share it; every page works without it.

const palette = document.getElementById("palette");
const field = palette.querySelector("[role=combobox]");
const none = palette.querySelector(".palette-none");
const commands = [...palette.querySelectorAll("[role=option]")];

/** Letters without case and accents, as people type them. */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const shown = () => commands.filter((command) => !command.hidden);

/** Marks the command that Enter will run. */
function choose(command) {
  for (const other of commands) other.setAttribute("aria-selected", String(other === command));
  if (command) field.setAttribute("aria-activedescendant", command.id);
  else field.removeAttribute("aria-activedescendant");
  command?.scrollIntoView({ block: "nearest" });
}

function search() {
  const words = plain(field.value).split(/\s+/);
  for (const command of commands) {
    const text = plain(`${command.textContent} ${command.dataset.also}`);
    command.hidden = !words.every((word) => text.includes(word));
  }
  const found = shown();
  none.textContent = found.length ? "" : none.dataset.sentence;
  choose(found[0]);
}

function openPalette() {
  if (palette.open || document.querySelector("dialog[open]")) return;
  field.value = "";
  search();
  palette.showModal();
}

/** How far each key moves. */
const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 };

field.addEventListener("input", search);
field.addEventListener("keydown", (event) => {
  const found = shown();
  const at = found.findIndex((command) => command.getAttribute("aria-selected") === "true");
  if (event.key in steps && found.length) {
    const step = steps[event.key];
    const next = Math.abs(step) > 1 ? Math.max(0, Math.min(found.length - 1, at + step)) : (at + step + found.length) % found.length;
    choose(found[next]);
  } else if (event.key === "Enter") {
    found[at]?.click();
  } else {
    return;
  }
  event.preventDefault();
});

palette.addEventListener("click", (event) => {
  // The command's own work comes after; a press beside the palette closes it, too.
  if (event.target === palette || event.target.closest("[role=option]")) palette.close();
});
palette.addEventListener("pointermove", (event) => {
  const command = event.target.closest("[role=option]");
  if (command && command.getAttribute("aria-selected") !== "true") choose(command);
});

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    openPalette();
  }
});

addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-opens], [commandfor]");
  if (opener?.dataset.opens) return openPalette();
  if (opener && !("commandForElement" in HTMLButtonElement.prototype)) {
    const dialog = document.getElementById(opener.getAttribute("commandfor"));
    if (opener.getAttribute("command") === "close") dialog.close();
    else dialog.showModal();
  }
  // A place was chosen: the menu has done its work.
  if (event.target.closest?.("#account-menu a")) document.getElementById("account-menu").hidePopover();
});

// The router would follow it as an address, and leave the focus where it is.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("content").focus();
});

/** The forms of the frame come back to the page that is looked at, which may not be the one they came with. */
addEventListener("submit", (event) => {
  const back = event.target.elements?.back;
  if (back && event.target.closest("#account-menu")) back.value = location.pathname + location.search;
  if (event.target.id !== "theme-form") return;
  event.preventDefault();
  const theme = event.submitter.value;
  document.documentElement.dataset.theme = theme;
  for (const button of event.target.querySelectorAll("[name=theme]")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
  const ink = getComputedStyle(document.documentElement).backgroundColor;
  for (const bars of document.querySelectorAll("meta[name=theme-color]")) bars.content = ink;
  // Without a connection it holds for this page; the next one asks again.
  fetch(event.target.action, { method: "POST", body: new URLSearchParams({ theme }), redirect: "manual" }).catch(() => {});
});

/** Where each page was left: on the way back the router draws it after the browser has tried to find its place. */
const places = new Map();
addEventListener("scroll", () => places.set(location.href, scrollY), { passive: true });
addEventListener("popstate", () => {
  const place = places.get(location.href) ?? 0;
  const until = performance.now() + 2000;
  const settle = () => {
    scrollTo(0, place);
    if (Math.abs(scrollY - place) > 1 && performance.now() < until) requestAnimationFrame(settle);
  };
  requestAnimationFrame(settle);
});

// The router begins a view transition for each page and hears of its end; that a quicker visitor cut one short is no fault.
addEventListener("unhandledrejection", (event) => {
  if (event.reason?.name === "AbortError" && /transition/i.test(event.reason.message)) event.preventDefault();
});

// Whoever is signed in has a tray of jobs, and with it the script that fills it.
const tray = document.getElementById("job-tray");
if (tray) import(tray.dataset.script);
