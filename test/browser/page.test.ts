import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.js';
import { createPage } from '../../src/web/page.js';
import { type EchoServer, type EchoSettings, startEcho } from '../direct-line/echo-server.js';
import { type ChatPage, openChat } from './chat-page.js';
import { findBrowser } from './find-browser.js';

const browser = await findBrowser();
afterAll(() => browser?.close());

/** The page over the echo bot. */
function startPage(settings: EchoSettings = {}): Promise<EchoServer> {
  return startEcho({
    ...settings,
    alsoMount: (server) => createPage({ root: projectRoot() }).mount(server),
  });
}

describe.skipIf(browser === undefined)('the chat page', () => {
  const opened = browser as Browser;
  let echo: EchoServer;
  let chat: ChatPage;
  beforeAll(async () => {
    echo = await startPage();
    chat = await openChat(opened, echo.url);
  });
  afterAll(async () => {
    await chat.close();
    await echo.stop();
  });

  test('greets before the person writes', async () => {
    await chat.heard('Hello');
    expect(await chat.page.title()).toBe('Backup Medic');
    expect(await chat.page.locator('html').getAttribute('lang')).toBe('en');
    expect(await chat.page.locator('#notice').isVisible()).toBe(false);
  });

  test('sends what is typed and shows the reply', async () => {
    await chat.say('my backup failed');
    await chat.heard('Echo: my backup failed');
    expect(await chat.messages()).toEqual([
      'Bot: Hello',
      'You: my backup failed',
      'Bot: Echo: my backup failed',
    ]);
    expect(echo.received.at(-1)).toMatchObject({ locale: 'en-GB', localTimezone: expect.any(String) });
  });

  test('goes on where it was after a reload', async () => {
    await chat.page.reload();
    await chat.heard('Echo: my backup failed');
    await chat.say('still failing');
    await chat.heard('Echo: still failing');
    expect(await chat.messages()).toHaveLength(5);
  });

  test('shows markup as text', async () => {
    await chat.say('<img src=x onerror=alert(1)> **x**');
    await chat.heard('Echo: ');
    expect(await chat.page.locator('img[src="x"]').count()).toBe(0);
  });

  test('reaches no other origin and breaks no rule of its own', () => {
    expect(chat.faults).toEqual([]);
  });

  test('begins anew in another browser that was given the conversation', async () => {
    const other = await openChat(opened, echo.url, {
      storageState: await chat.page.context().storageState(),
    });
    // What this load still waits for would set the cookie again.
    await other.heard('Echo: still failing');
    await other.page.context().clearCookies();
    await other.page.reload();
    await other.heard('Hello');
    expect(await other.messages()).toEqual(['Bot: Hello']);
    await other.close();
  });

  test.each([
    { width: 320, height: 480 },
    { width: 360, height: 740 },
    { width: 640, height: 400 },
  ])('fits $width pixels', async (viewport) => {
    const narrow = await openChat(opened, echo.url, { viewport });
    await narrow.heard('Hello');
    expect(await narrow.page.evaluate('document.scrollingElement.scrollWidth')).toBe(viewport.width);
    await narrow.page.getByRole('textbox').click();
    await narrow.say('hi');
    await narrow.heard('Echo: hi');
    await narrow.close();
  });
});

describe.skipIf(browser === undefined)('the chat page in trouble', () => {
  const opened = browser as Browser;

  test('shows that the bot is writing', async () => {
    const slow = await startPage({
      receive: (activity) => new Promise((resolve) => setTimeout(resolve, activity.text ? 2000 : 0)),
    });
    const chat = await openChat(opened, slow.url);
    // What is shown outside the log reaches open streams only.
    await chat.page.waitForTimeout(1000);
    await chat.say('hi');
    await chat.page.locator('.webchat__typing-indicator').waitFor();
    await chat.close();
    await slow.stop();
  });

  test('polls where no WebSocket opens', async () => {
    const echo = await startPage();
    const chat = await openChat(opened, echo.url, { withoutWebSocket: true });
    await chat.heard('Hello');
    await chat.say('one');
    await chat.heard('Echo: one');
    expect(chat.faults).toEqual([]);
    await chat.close();
    await echo.stop();
  });

  test('outlives its token, with the draft and the focus kept', async () => {
    const echo = await startPage({ tokenLifetimeMs: 3000 });
    const chat = await openChat(opened, echo.url, { withoutWebSocket: true });
    await chat.heard('Hello');
    const renewed = chat.page.waitForResponse('**/tokens/generate');
    await chat.page.getByRole('textbox').fill('a draft');
    await renewed;
    await chat.heard('Hello');
    await chat.page.waitForFunction('document.activeElement.value === "a draft"');
    await chat.page.keyboard.press('Enter');
    await chat.heard('Echo: a draft');
    expect((await chat.messages()).filter((message) => message === 'You: a draft')).toHaveLength(1);
    await chat.close();
    await echo.stop();
  });

  test('says so when the server is out of reach, and goes on when it is back', async () => {
    const echo = await startPage();
    const chat = await openChat(opened, echo.url);
    await chat.heard('Hello');
    await chat.page.route('**/tokens/generate', (route) => route.fulfill({ status: 500, body: '' }));
    await chat.page.reload();
    const retry = chat.page.getByRole('button', { name: 'Try again' });
    await retry.waitFor({ timeout: 20_000 });
    await chat.page.unroute('**/tokens/generate');
    await retry.press('Enter');
    await chat.heard('Hello');
    await chat.close();
    await echo.stop();
  });
});
