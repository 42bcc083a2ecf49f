// The studio's way to a swap at full size: sends its photos to the person's media, states whose face it is, and asks for
// the job. `frontend/scripts/jobs.js` loads this file when the studio's button is pressed; nothing is sent before the form is.

const dialog = document.getElementById("hd-dialog");
const form = dialog.querySelector("form");
const fault = dialog.querySelector("[role=alert]");
const submit = form.querySelector("[type=submit]");
let order;

/** Asks first. */
export function ask(button) {
  order = { ...button.dataset };
  fault.textContent = "";
  dialog.showModal();
}

async function send(path, method, body, headers = {}) {
  const json = !(body instanceof FormData);
  if (json) headers["content-type"] = "application/json";
  const answer = await fetch(`/api/v1${path}`, { method, headers, body: json ? JSON.stringify(body) : body });
  const said = answer.status === 204 ? undefined : await answer.json();
  if (!answer.ok) {
    const first = said.errors?.[0] ?? said;
    throw new Error(`${first.title} ${first.detail}`);
  }
  return said;
}

/** Puts a photo of the studio among the person's media; the same photo again is the one that is there. */
async function upload(url, name) {
  const photo = await (await fetch(url)).blob();
  const ending = { "image/png": "png", "image/webp": "webp", "image/gif": "gif" }[photo.type] ?? "jpg";
  const body = new FormData();
  body.append("file", photo, `${name}.${ending}`);
  return (await send("/media", "POST", body)).id;
}

const numbers = (text) => text.split(",").filter(Boolean).map(Number);

async function make(claim) {
  // The photo of the face, and others of the same person.
  const photos = [order.source, ...(order.sourcesMore ?? "").split(" ").filter(Boolean)];
  const [target, ...sources] = await Promise.all([
    upload(order.target, "picture"),
    ...photos.map((photo) => upload(photo, "face")),
  ]);
  const face = Number(order.sourceFace);
  await send("/age", "PUT", { of_age: true });
  for (const [at, source] of sources.entries()) {
    await send("/attestations", "POST", { source, face: at === 0 ? face : 0, claim });
  }
  const faces = numbers(order.targetFaces).map((target_face) => ({ target_face, source: 0, source_face: face }));
  const job = {
    kind: "hd_swap",
    sources,
    fused: sources.length > 1,
    target,
    faces,
    label: { corner: order.labelCorner, size: order.labelSize },
    likeness: Number(order.likeness),
    skin_tone: Number(order.skinTone),
  };
  return send("/jobs", "POST", job, { "idempotency-key": crypto.randomUUID() });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  submit.disabled = true;
  fault.textContent = "";
  try {
    const job = await make(new FormData(form).get("claim"));
    dialog.close();
    dispatchEvent(new CustomEvent("mog:job", { detail: job }));
  } catch (error) {
    // What `fetch` throws is the browser's, and in no language of ours.
    fault.textContent = error instanceof TypeError ? form.dataset.unsent : error.message;
  } finally {
    submit.disabled = false;
  }
});
