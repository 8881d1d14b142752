import { source as checker } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openChat } from './chat-page.js';
import { findBrowser } from './find-browser.js';
import { type RunningBot, startBot } from './running-bot.js';

const browser = await findBrowser();
afterAll(() => browser?.close());

/** Violations of WCAG 2.2 A and AA on the page as it stands, with the element of each. */
async function violations(page: Page): Promise<string[]> {
  // The policy of the page forbids scripts of others; the checker is put in from outside.
  const client = await page.context().newCDPSession(page);
  const run = `(async () => {
    if (!window.axe) { ${checker} }
    const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' ')));
  })()`;
  const { result } = await client.send('Runtime.evaluate', {
    expression: run,
    awaitPromise: true,
    returnByValue: true,
  });
  return result.value;
}

describe.skipIf(browser === undefined)('the chat page has no violation of WCAG 2.2 AA', () => {
  const opened = browser as Browser;
  let bot: RunningBot;
  beforeAll(async () => {
    bot = await startBot();
  }, 120_000);
  afterAll(() => bot.stop());

  test.each(['light', 'dark'] as const)('greeting, choices, cards and error, %s', async (colorScheme) => {
    const chat = await openChat(opened, bot.url, { colorScheme });
    const found: Record<string, string[]> = {};
    const first = chat.page.locator('.webchat__suggested-action').first();
    await chat.heard('Hello');
    found.greeting = await violations(chat.page);
    await chat.say('not enough storage');
    await first.waitFor();
    found.choices = await violations(chat.page);
    await chat.say('start over');
    await chat.say('my iphone says not enough icloud storage');

    for (let asked = 0; asked < 4; asked += 1) {
      await chat.page.waitForTimeout(1500);
      if ((await chat.page.getByText('Step 1 of').count()) > 0) break;
      await first.click();
    }
    expect(await chat.page.getByText('Step 1 of').count()).toBeGreaterThan(0);
    found.card = await violations(chat.page);
    await chat.page.route('**/tokens/generate', (route) => route.fulfill({ status: 500, body: '' }));
    await chat.page.reload();
    await chat.page.getByRole('button', { name: 'Try again' }).waitFor({ timeout: 30_000 });
    found.error = await violations(chat.page);
    expect(found).toEqual({ greeting: [], choices: [], card: [], error: [] });
    await chat.close();
  }, 120_000);
});
