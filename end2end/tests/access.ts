// What people need who do not use a mouse, or see the page in another way than it was drawn.

import AxeBuilder from "@axe-core/playwright";
import { type Locator, type Page, expect } from "@playwright/test";

/** What axe finds against WCAG 2.2 AA; targets of 24 px are not among its rules unless asked for. Colours that are the visitor's
 * own (`forced`) are not ours to judge. */
export async function violations(page: Page, forced = false) {
  const axe = new AxeBuilder({ page }).options({
    runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    rules: { "target-size": { enabled: true }, "color-contrast": { enabled: !forced } },
  });
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.target)]);
}

/** Goes to an element by the Tab key, as everybody without a mouse does. */
export async function tabTo(page: Page, element: Locator): Promise<void> {
  await expect(element).toBeVisible();
  for (let presses = 0; presses < 80; presses++) {
    if (await element.evaluate((element) => element === document.activeElement)) {
      await expectRing(element);
      return;
    }
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to ${element}`);
}

/** The focus is to be seen (WCAG 2.4.7): by an outline or a shadow of the element, or of the label that stands for it. A slider's is
 * around its thumb, which no script can ask: there the picture has to change. */
async function expectRing(element: Locator): Promise<void> {
  if (await element.evaluate((element) => element.matches("[type=range]"))) {
    const focused = await element.screenshot();
    await element.evaluate((element: HTMLElement) => element.blur());
    const blurred = await element.screenshot();
    await element.focus();
    expect(focused.equals(blurred), `${element} looks the same with the focus and without`).toBe(false);
    return;
  }
  const ringed = await element.evaluate((element) => {
    const places = [element, element.parentElement, element.nextElementSibling, element.closest("label")];
    return places.some((place) => {
      if (!place) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(place);
      return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
    });
  });
  expect(ringed, `${element} shows that it has the focus`).toBe(true);
}
