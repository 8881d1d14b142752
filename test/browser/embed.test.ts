import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.js';
import { createPage } from '../../src/web/page.js';
import { type EchoServer, startEcho } from '../direct-line/echo-server.js';
import { findBrowser } from './find-browser.js';
import { startWebsite, type Website } from './website.js';

const browser = await findBrowser();
afterAll(() => browser?.close());

describe.skipIf(browser === undefined)('the chat on another website', () => {
  const opened = browser as Browser;
  const origins: string[] = [];
  let echo: EchoServer;
  let site: Website;
  beforeAll(async () => {
    echo = await startEcho({
      alsoMount: (server) => createPage({ root: projectRoot(), embedOrigins: origins }).mount(server),
    });
    site = await startWebsite(() => echo.url);
    origins.push(site.url);
  });
  afterAll(async () => {
    site.stop();
    await echo.stop();
  });

  async function visit(
    options: BrowserContextOptions = {},
    path = '/',
  ): Promise<{ page: Page; faults: string[] }> {
    const page = await (
      await opened.newContext({ viewport: { width: 1100, height: 800 }, ...options })
    ).newPage();
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (
        message.type() === 'error' &&
        !message.text().includes('favicon') &&
        !message.text().startsWith('Failed to load')
      )
        faults.push(message.text());
    });
    await page.goto(`${site.url}${path}`);
    return { page, faults };
  }

  const frameOf = async (page: Page): Promise<Frame> => {
    const handle = await page.locator('iframe').elementHandle();
    return (await handle?.contentFrame()) as Frame;
  };
  const hear = (frame: Frame, text: string) =>
    frame.locator('.webchat__bubble__content').filter({ hasText: text }).first().waitFor({ timeout: 15_000 });
  const say = async (frame: Frame, text: string) => {
    await frame.getByRole('textbox').fill(text);
    await frame.getByRole('textbox').press('Enter');
  };

  test.each([
    { width: 1100, height: 800 },
    { width: 360, height: 740 },
  ])('opens, answers, and goes on after a page change at $width pixels', async (viewport) => {
    const { page, faults } = await visit({ viewport });
    await page.getByRole('button', { name: 'Chat about a failed backup' }).click();
    const frame = await frameOf(page);
    await hear(frame, 'Hello');
    await say(frame, 'my backup failed');
    await hear(frame, 'Echo: my backup failed');
    await page.evaluate('document.querySelector("a").click()');
    await page.waitForURL('**/next');
    const again = await frameOf(page);
    await hear(again, 'Echo: my backup failed');
    await page.reload();
    await hear(await frameOf(page), 'Echo: my backup failed');
    const box = await page.getByRole('dialog').boundingBox();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= viewport.width).toBe(true);
    expect(faults).toEqual([]);
    await page.context().close();
  });

  test('tells the bot what the page knows, once', async () => {
    echo.received.length = 0;
    const { page } = await visit();
    await page.getByRole('button', { name: 'Chat about a failed backup' }).click();
    await hear(await frameOf(page), 'Hello');
    await page.reload();
    await hear(await frameOf(page), 'Hello');
    await expect
      .poll(() => echo.received.filter(({ name }) => name === 'openingContext').map(({ value }) => value))
      .toEqual([{ platform: 'android', errorText: 'Backup failed' }]);
    await page.context().close();
  });

  test('is worked with the keyboard alone, and gives the focus back', async () => {
    const { page } = await visit();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const frame = await frameOf(page);
    await hear(frame, 'Hello');
    expect(await page.evaluate('document.activeElement.shadowRoot.activeElement.tagName')).toBe('IFRAME');
    await frame.getByRole('textbox').press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await page.evaluate('document.activeElement.shadowRoot.activeElement.className')).toContain(
      'open',
    );
    await page.context().close();
  });

  test('takes its place and colour from the tag, with words that stay readable', async () => {
    const { page } = await visit({}, '/left');
    const button = page.getByRole('button', { name: 'Chat about a failed backup' });
    expect((await button.boundingBox())?.x).toBeLessThan(100);
    const look = `getComputedStyle(document.querySelector('body > div').shadowRoot.querySelector('.open'))`;
    expect(await page.evaluate(`${look}.backgroundColor`)).toBe('rgb(255, 215, 0)');
    expect(await page.evaluate(`${look}.color`)).toBe('rgb(0, 0, 0)');
    await page.context().close();
  });

  test('is not shown by a website that is not allowed', async () => {
    const stranger = await startWebsite(() => echo.url);
    const page = await opened.newPage();
    await page.goto(stranger.url);
    const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
    await page.getByRole('button', { name: 'Chat about a failed backup' }).click();
    await refused;
    expect(await (await frameOf(page)).locator('#chat').count()).toBe(0);
    stranger.stop();
    await page.close();
  });
});
