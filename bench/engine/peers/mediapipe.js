// `@mediapipe/face_mesh` on whole pictures, as its pages use it: one face, the plain mesh.
export async function mediapipe(folder, pictures) {
  await new Promise((resolve, reject) => {
    const script = Object.assign(document.createElement("script"), { src: `${folder}face_mesh.js` });
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  const mesh = new globalThis.FaceMesh({ locateFile: (name) => folder + name });
  mesh.setOptions({ maxNumFaces: 1, refineLandmarks: false });
  let faces = 0;
  mesh.onResults((results) => (faces = results.multiFaceLandmarks?.length ?? 0));
  await mesh.initialize();
  let taken = 0;
  return {
    prepare: async () => pictures[taken % pictures.length],
    run: async (image) => {
      taken += 1;
      await mesh.send({ image });
      if (faces !== 1) throw new Error(`picture ${taken}: ${faces} faces`);
    },
  };
}
