// The camera's path as a visitor has it: the product's own worker, engine and models, asked as the page asks them. What
// requests and replies are made of says contract/src/studio.rs; postcard writes a variant as its number.
const OPEN_SOURCE = [0, 0];
const LIVE_CANVAS = [7];
const WEAR_THE_FIRST_FACE = [8, 0, 0];
const LIVE_FRAME = 9;
const DRAWN = 6;
const FAILED = 7;
/** A camera of 30 pictures a second. */
const PICTURE_MS = 1000 / 30;

function frame(timeMs) {
  const request = new DataView(new ArrayBuffer(11));
  request.setUint8(0, LIVE_FRAME);
  request.setFloat64(1, timeMs, true);
  return new Uint8Array(request.buffer);
}

/** Starts it; what comes back changes one picture, and fails unless one face was changed in it. */
export async function live(boot, files, source, pictures, [width, height]) {
  const worker = new Worker(boot, { type: "module" });
  const waiting = new Map();
  const ready = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.boot === "ready") resolve();
      if (data.boot === "failed") reject(new Error(data.code));
      waiting.get(data.id)?.(data.reply);
    };
  });
  worker.postMessage(files);
  await ready;
  let id = 0;
  const ask = async (request, beside) => {
    id += 1;
    const answer = new Promise((resolve) => waiting.set(id, resolve));
    worker.postMessage({ id, request: Uint8Array.from(request), beside }, beside ? [beside] : []);
    const reply = await answer;
    waiting.delete(id);
    if (reply[0] === FAILED) throw new Error(`request ${request[0]} failed with code ${reply[1]}`);
    return reply;
  };
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  await ask(OPEN_SOURCE, await (await fetch(source)).arrayBuffer());
  await ask(LIVE_CANVAS, canvas.transferControlToOffscreen());
  await ask(WEAR_THE_FIRST_FACE);
  let taken = 0;
  return {
    /** The next picture, which is not part of what is measured. */
    prepare: () => createImageBitmap(pictures[taken % pictures.length]),
    run: async (picture) => {
      taken += 1;
      const [kind, faces] = await ask(frame(taken * PICTURE_MS), picture);
      if (kind !== DRAWN || faces !== 1) throw new Error(`picture ${taken}: reply ${kind}, ${faces} faces`);
    },
  };
}

/** A camera's pictures: a head that moves a little from one to the next, and back. */
export async function moving(address, [width, height]) {
  const image = new Image();
  image.src = address;
  await image.decode();
  return Array.from({ length: 24 }, (_, at) => {
    const canvas = Object.assign(document.createElement("canvas"), { width, height });
    const swing = Math.sin((2 * Math.PI * at) / 24);
    // Where a camera's picture is on a machine without a graphics card. Else each would be read back from the one that the
    // processor plays for MediaPipe's WebGL.
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.fillStyle = "#8a9a9a";
    context.fillRect(0, 0, width, height);
    context.drawImage(image, width / 2 - height / 2 + 40 * swing, 8 * swing, height, height);
    return canvas;
  });
}
