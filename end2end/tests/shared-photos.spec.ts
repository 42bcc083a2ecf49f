// Photos that come to the studio from outside: shared by another program, opened with the app.

import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { expect, grafted, samples, source, test, visit } from "./house";
import { offlineReady, stored } from "./own-server";

test.use({ serviceWorkers: "allow" });

/** Sends photos as a system does that shares them: a form of its own, to the address in the manifest. */
async function share(page: Page, files: string[]): Promise<void> {
  const { share_target } = await (await page.request.get("/manifest.webmanifest")).json();
  await page.evaluate(({ action, method, enctype, params }) => {
    const form = document.createElement("form");
    Object.assign(form, { action, method, enctype, id: "share" });
    const input = document.createElement("input");
    Object.assign(input, { type: "file", multiple: true, name: params.files[0].name });
    form.append(input);
    document.body.append(form);
  }, share_target);
  await page.locator("#share input").setInputFiles(files);
  await page.evaluate(() => document.querySelector<HTMLFormElement>("#share")!.submit());
}

test("a shared photo lies in the studio, and nowhere else", async ({ page }) => {
  await visit(page, "/models");
  await offlineReady(page);
  await share(page, [samples[2]]);
  await expect(source(page)).toContainText(samples[2].split("/").pop()!);
  await grafted(page);
  expect(await stored(page)).toEqual({ queue: 0, news: 0, photos: 0 });
  await page.reload();
  await grafted(page);
  await expect(source(page), "picked up once").toContainText("nobody real");
});

test("two shared photos take both places, offline too", async ({ page, context }) => {
  await visit(page, "/models");
  await offlineReady(page);
  const { start_url } = await (await page.request.get("/manifest.webmanifest")).json();
  await context.setOffline(true);
  // What is offline cannot ask for the manifest: its address is known.
  await page.evaluate(() => {
    const form = document.createElement("form");
    Object.assign(form, { action: "/share", method: "POST", enctype: "multipart/form-data", id: "share" });
    form.innerHTML = '<input type="file" multiple name="photos">';
    document.body.append(form);
  });
  await page.locator("#share input").setInputFiles([samples[2], samples[3]]);
  await page.evaluate(() => document.querySelector<HTMLFormElement>("#share")!.submit());
  await expect(page).toHaveURL(start_url);
  await grafted(page);
  for (const name of [samples[2], samples[3]]) await expect(page.getByRole("main")).toContainText(name.split("/").pop()!);
});

test.describe("without a service worker", () => {
  test.use({ serviceWorkers: "block" });

  test("the studio says that the photos did not arrive, and what to do", async ({ page }) => {
    await visit(page, "/models");
    await share(page, [samples[2]]);
    await expect(page.getByRole("alert")).toContainText("The shared photos did not arrive.");
  });
});

test("a photo that is opened with the app lies in the studio", async ({ page }) => {
  // Only an installed app has the real queue; this one gives what its specification says (Launch Handler API).
  const photo = readFileSync(samples[4]).toString("base64");
  await page.addInitScript((photo) => {
    const content = () => Uint8Array.from(atob(photo), (letter) => letter.charCodeAt(0));
    const handle = { kind: "file", getFile: async () => new File([content()], "opened.webp", { type: "image/webp" }) };
    const launchQueue = {
      setConsumer: (consumer: (launch: object) => void) => {
        if (!sessionStorage.getItem("launched")) setTimeout(() => consumer({ files: [handle], targetURL: location.href }), 0);
        sessionStorage.setItem("launched", "yes");
      },
    };
    Object.defineProperty(window, "launchQueue", { value: launchQueue });
  }, photo);
  const { file_handlers } = await (await page.request.get("/manifest.webmanifest")).json();
  await visit(page, file_handlers[0].action);
  await expect(source(page)).toContainText("opened.webp");
  await grafted(page);
});
