// Small comforts of the account's pages. Every page works without this file.

/** Shows a password while its button is pressed in, and hides it again before the form is sent. */
for (const button of document.querySelectorAll("[data-reveals]")) {
  const input = document.getElementById(button.dataset.reveals);
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  };
  button.addEventListener("click", () => show(input.type === "password"));
  // So that no browser takes it for a text to remember.
  input.form.addEventListener("submit", () => show(false));
}

/** Puts a text on the clipboard and says so. */
for (const button of document.querySelectorAll("[data-copies]")) {
  const name = button.textContent;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copies);
    const lines = source.children.length ? [...source.children] : [source];
    await navigator.clipboard.writeText(lines.map((line) => line.textContent.trim()).join("\n"));
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = name), 2000);
  });
}

for (const button of document.querySelectorAll("[data-prints]")) button.addEventListener("click", () => print());

/** The server writes moments in universal time: it does not know where the reader is. */
const here = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
for (const time of document.querySelectorAll("time[datetime]")) time.textContent = here.format(new Date(time.dateTime));


/** A library's file is on its way as soon as it is chosen. */
for (const form of document.querySelectorAll("[data-sends-at-once]")) {
  form.elements.file.addEventListener("change", () => form.requestSubmit());
}
