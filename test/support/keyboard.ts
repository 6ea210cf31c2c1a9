import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Key presses after which something counts as out of the keyboard's reach. */
const MOST_TABS = 60;
/** How long the page may take on a busy machine. */
const SOON = { timeout: 60_000 };

/** A person who uses a page without a mouse. */
export type Keyboard = {
  /** Goes to what is there in the order of the page, and sees where the focus is. */
  reach(target: Locator): Promise<void>;
  /** Goes there and presses Enter. */
  enter(target: Locator): Promise<void>;
  /** Goes to an input and types instead of what stood in it. */
  typeInto(label: string, text: string): Promise<void>;
};

type Styled = { parentElement?: Styled };

/** Makes a person who goes on from where the focus of the page is. */
export function createKeyboard(page: Page): Keyboard {
  const reach = async (target: Locator) => {
    await target.waitFor(SOON);
    const isThere = async () => (await target.and(page.locator(':focus')).count()) === 1;
    if (await isThere()) return;
    const before = await lookOf(target);
    for (let tabs = 0; ; tabs += 1) {
      if (tabs > MOST_TABS) throw new Error(`The keyboard does not reach ${target}`);
      await page.keyboard.press('Tab');
      // A page that is still being shown may take the focus away again: who sees that goes on.
      if ((await isThere()) && (await showsFocus(before, () => lookOf(target), isThere))) return;
    }
  };
  return {
    reach,
    async enter(target) {
      await reach(target);
      await page.keyboard.press('Enter');
    },
    async typeInto(label, text) {
      await reach(page.getByLabel(label, { exact: true }));
      await page.keyboard.press('Control+A');
      await page.keyboard.type(text);
    },
  };
}

/** Waits until an element that has the focus looks other than before. @returns false where the focus has left it meanwhile */
async function showsFocus(
  before: string,
  look: () => Promise<string>,
  isThere: () => Promise<boolean>,
): Promise<boolean> {
  let stays = true;
  const isDecided = async () => {
    stays = await isThere();
    return !stays || (await look()) !== before;
  };
  await expect.poll(isDecided, SOON).toBe(true);
  return stays;
}

/** What shows where the focus is: outlines and borders of an element and of what frames it. */
function lookOf(target: Locator): Promise<string> {
  return target.evaluate((element) => {
    const styleOf = Reflect.get(globalThis, 'getComputedStyle') as (of: Styled) => Record<string, string>;
    const looks: string[] = [];
    for (let one: Styled | undefined = element as Styled; one && looks.length < 3; one = one.parentElement) {
      const { outline, borderColor, boxShadow } = styleOf(one);
      looks.push(`${outline} ${borderColor} ${boxShadow}`);
    }
    return looks.join();
  });
}
