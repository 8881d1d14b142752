import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.js';
import { type ChatPage, openChat } from './chat-page.js';
import { findBrowser } from './find-browser.js';
import { type RunningBot, startBot } from './running-bot.js';

const browser = await findBrowser();
afterAll(() => browser?.close());

/** Where the pictures go: into the README's folder only when they are to be renewed. */
const pictures = join(projectRoot(), process.env.UPDATE_SCREENSHOTS ? 'docs' : '.cache/screenshots');
mkdirSync(pictures, { recursive: true });

/** Understanding is trained first when its examples have changed. */
const startTimeoutMs = 120_000;

/** More steps than any fix takes. */
const maxSteps = 15;

/** Answers like somebody whose every step works. */
function pick(labels: string[]): string | undefined {
  const liked = [/^(yes|it worked|works)/i, /^done/i, /icloud|google/i];
  return liked.map((like) => labels.find((label) => like.test(label))).find(Boolean) ?? labels[0];
}

/** Waits until the bot has answered and says what is on offer then. */
async function offered(chat: ChatPage, messagesBefore: number): Promise<string[]> {
  await expect.poll(async () => (await chat.messages()).length).toBeGreaterThan(messagesBefore + 1);
  return await chat.buttons();
}

/** Presses what `pick` likes until nothing is offered any more; the number of steps it took. */
async function goToTheEnd(chat: ChatPage, press: (label: string) => Promise<void>): Promise<number> {
  for (let step = 0; step < maxSteps; step += 1) {
    const label = pick(await chat.buttons());
    if (label === undefined) return step;
    const before = (await chat.messages()).length;
    await press(label);
    await offered(chat, before);
  }
  throw new Error(`the conversation did not end within ${maxSteps} steps`);
}

describe.skipIf(browser === undefined)('a storage conversation', () => {
  const opened = browser as Browser;
  let bot: RunningBot;
  beforeAll(async () => {
    bot = await startBot();
  }, startTimeoutMs);
  afterAll(() => bot.stop());

  test.each([
    { name: 'phone', viewport: { width: 360, height: 740 } },
    { name: 'desktop', viewport: { width: 1280, height: 800 } },
  ])('goes from the problem to a working backup on a $name', async ({ name, viewport }) => {
    const chat = await openChat(opened, bot.url, { viewport, deviceScaleFactor: 2 });
    await chat.heard('Backup Medic');
    await chat.say('Not enough iCloud storage on my iPhone');
    await offered(chat, 1);
    const press = async (label: string) => {
      const button = chat.page.getByRole('button', { name: label, exact: true }).last();
      const box = await button.boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(viewport.width);
      // A warning must not hide below the fold while its buttons show.
      await expect.poll(() => bottomOfLastMessage(chat)).toBeLessThanOrEqual(box?.y ?? 0);
      await button.click();
    };
    expect(await goToTheEnd(chat, press)).toBeGreaterThan(1);
    expect((await chat.messages()).at(-1)).toMatch(/^Bot: .*\bworks?\b/s);
    await chat.page.screenshot({ path: join(pictures, `conversation-${name}.png`) });
    expect(chat.faults).toEqual([]);
    await chat.close();
  });

  test('works by keyboard alone, and the focus is never lost', async () => {
    const chat = await openChat(opened, bot.url);
    const { keyboard } = chat.page;
    const focused = () => chat.page.evaluate<string>('document.activeElement.tagName');
    await chat.heard('Backup Medic');
    for (let tabs = 0; (await focused()) !== 'TEXTAREA' && tabs < 10; tabs += 1) await keyboard.press('Tab');
    await keyboard.type('not enough iCloud storage on my iPhone');
    await keyboard.press('Enter');
    await offered(chat, 1);
    const press = async (label: string) => {
      for (let tabs = 0; (await focusedLabel(chat)) !== label && tabs < 20; tabs += 1)
        await keyboard.press(tabs < 10 ? 'Shift+Tab' : 'ArrowDown');
      expect(await focusedLabel(chat)).toBe(label);
      await keyboard.press('Enter');
      await expect.poll(() => chat.buttons()).not.toContain(label);
      expect(await focused()).toBe('TEXTAREA');
    };
    await goToTheEnd(chat, press);
    await chat.close();
  });

  test(
    'goes on after a reload and after a restart of the bot',
    async () => {
      const chat = await openChat(opened, bot.url);
      await chat.heard('Backup Medic');
      await chat.say('not enough iCloud storage on my iPhone');
      const before = await offered(chat, 1);
      expect(before.length).toBeGreaterThan(0);
      const said = await chat.messages();
      await chat.page.reload();
      await expect.poll(() => chat.buttons()).toEqual(before);
      expect(await chat.messages()).toEqual(said);
      await bot.restart();
      await chat.page.reload();
      await expect.poll(() => chat.buttons()).toEqual(before);
      const press = (label: string) =>
        chat.page.getByRole('button', { name: label, exact: true }).last().click();
      await goToTheEnd(chat, press);
      expect((await chat.messages()).at(-1)).toMatch(/^Bot: .*\bworks?\b/s);
      await chat.close();
    },
    startTimeoutMs,
  );
});

function focusedLabel(chat: ChatPage): Promise<string> {
  return chat.page.evaluate<string>('document.activeElement.innerText.trim()');
}

async function bottomOfLastMessage(chat: ChatPage): Promise<number> {
  const box = await chat.page.locator('.webchat__bubble').last().boundingBox();
  return (box?.y ?? 0) + (box?.height ?? Number.POSITIVE_INFINITY);
}
