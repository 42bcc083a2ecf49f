// Another website, open in the same browser, tries to act in somebody's name. Nothing may change.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "./house";
import { offlineReady } from "./own-server";
import { member } from "./people";

// Its attempts are the point, and browsers complain about them.
test.use({ expectedFault: /./, serviceWorkers: "allow" });

/** A website on another port of this machine: same site to a browser, and so with cookies, but another origin. */
async function elsewhere(): Promise<{ server: Server; origin: (host: string) => string }> {
  const server = createServer((_, answer) => answer.setHeader("content-type", "text/html").end("<!doctype html><title>Elsewhere</title>"));
  await new Promise<void>((ready) => server.listen(0, ready));
  const { port } = server.address() as AddressInfo;
  return { server, origin: (host) => `http://${host}:${port}` };
}

const forms: [string, Record<string, string>][] = [
  ["/account", { name: "Mallory", bio: "" }],
  ["/account/settings", { language: "fr", theme: "light" }],
  ["/account/sessions/end-others", {}],
  ["/account/second-step", {}],
  ["/account/keys", { name: "Mallory", scopes: "profile:write", expires_in_days: "90" }],
  ["/account/password", { current: "x", password: "seven quiet lanterns" }],
  ["/account/export", {}],
  ["/sign-out", {}],
  ["/language", { language: "fr", back: "/" }],
  ["/theme", { theme: "dark", back: "/" }],
];

for (const host of ["127.0.0.1", "localhost"]) {
  test(`a form of http://${host}:other is refused`, async ({ page, baseURL }) => {
    await member(page);
    await offlineReady(page);
    const { server, origin } = await elsewhere();
    for (const [path, fields] of forms) {
      await page.goto(origin(host));
      const answer = page.waitForResponse((response) => response.url() === baseURL + path && response.request().method() === "POST");
      await page.evaluate(
        ([action, fields]) => {
          const form = document.createElement("form");
          Object.assign(form, { method: "post", action });
          for (const [name, value] of Object.entries(fields)) form.append(Object.assign(document.createElement("input"), { name, value }));
          document.body.append(form);
          form.submit();
        },
        [baseURL + path, fields] as const,
      );
      expect((await answer).status(), path).toBe(403);
      // The refusal is a page of its own: the next attempt waits until it stands.
      await expect(page.getByRole("main")).toContainText("This request came from another website.");
    }
    await page.goto("/account");
    await expect(page.getByLabel("Name")).toHaveValue("");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.goto("/account/keys");
    await expect(page.getByRole("main")).toContainText("You have no key.");
    server.close();
  });

  test(`a script of http://${host}:other reads and changes nothing`, async ({ page, baseURL }) => {
    await member(page);
    const { server, origin } = await elsewhere();
    await page.goto(origin(host));
    const attempts = [
      ["GET", "/api/v1/users/me"],
      ["GET", "/account"],
      ["PATCH", "/api/v1/users/me"],
      ["DELETE", "/api/v1/auth/sessions"],
      ["POST", "/api/v1/auth/totp"],
      ["POST", "/account/second-step"],
    ] as const;
    for (const [method, path] of attempts) {
      for (const mode of ["cors", "no-cors"] as const) {
        const seen = await page.evaluate(
          async ([method, address, mode]) => {
            try {
              const body = method === "GET" ? undefined : '{"name":"Mallory"}';
              const answer = await fetch(address, { method, mode, credentials: "include", body });
              return answer.type === "opaque" ? "" : await answer.text();
            } catch {
              return "";
            }
          },
          [method, baseURL + path, mode] as const,
        );
        expect(seen, `${mode} ${method} ${path}`).toBe("");
      }
    }
    const frame = await page.evaluate(async (address) => {
      const frame = Object.assign(document.createElement("iframe"), { src: address });
      const loaded = new Promise((done) => (frame.onload = done));
      document.body.append(frame);
      await loaded;
      return frame.contentDocument?.body.textContent ?? "";
    }, `${baseURL}/account`);
    expect(frame).toBe("");
    await page.goto("/account");
    await expect(page.getByLabel("Name")).toHaveValue("");
    await expect(page.locator("#glance")).toContainText("Off");
    server.close();
  });
}
