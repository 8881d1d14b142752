import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Chat, chatIn, openChat } from './chat-page.js';
import { findBrowser } from './find-browser.js';
import { addMotionTo, announcedIn, cutOffIn, listenIn, motionIn, violationsIn } from './probes.js';
import { type RunningBot, startBot } from './running-bot.js';
import { startWebsite, type Website } from './website.js';

const browser = await findBrowser();
afterAll(() => browser?.close());

/** With amounts, so that the storage bar is drawn. */
const problem = 'my iphone has not enough icloud storage: 5 GB, 4.6 GB used, the next backup is 2.1 GB';

const longTestMs = 120_000;

/** The chat wherever it stands: in a page of its own, or in a frame of a website. */
interface Place {
  page: Page;
  chat: Chat;
  /** The documents that are seen, the chat's own last. */
  frames(): Promise<Frame[]>;
}

/** Goes by the first button to the first step, and calls `atEach` at every card on the way. */
async function goToStep({ chat }: Place, atEach: () => Promise<void>): Promise<void> {
  for (let pressed = 0; pressed < 6; pressed += 1) {
    await atEach();
    if ((await chat.messages()).at(-1)?.includes('Step 1 of')) return;
    const [first = ''] = await chat.buttons();
    await chat.press(first);
  }
  throw new Error('no step within six questions');
}

describe.skipIf(browser === undefined)('accessible', () => {
  const opened = browser as Browser;
  let bot: RunningBot;
  let site: Website;
  // Understanding is trained first when its examples have changed.
  beforeAll(async () => {
    site = await startWebsite(() => bot.url);
    bot = await startBot({ EMBED_ORIGINS: site.url });
  }, 120_000);
  afterAll(async () => {
    await bot.stop();
    site.stop();
  });

  async function openPage(options: BrowserContextOptions = {}): Promise<Place> {
    const chat = await openChat(opened, bot.url, options);
    return { page: chat.page, chat, frames: async () => [chat.page.mainFrame()] };
  }

  async function openWidget(options: BrowserContextOptions = {}): Promise<Place> {
    const context = await opened.newContext({ viewport: { width: 1100, height: 800 }, ...options });
    const page = await context.newPage();
    await page.goto(`${site.url}/plain`);
    await page.getByRole('button', { name: 'Chat about a failed backup' }).click();
    const frames = async () => {
      const frame = await (await page.locator('iframe').elementHandle())?.contentFrame();
      return [page.mainFrame(), ...(frame ? [frame] : [])];
    };
    return { page, chat: chatIn(page.frameLocator('iframe')), frames };
  }

  const places = [
    { name: 'page', open: openPage },
    { name: 'widget', open: openWidget },
  ];

  test.concurrent.each(
    places.flatMap((place) => [
      { ...place, colorScheme: 'light' as const },
      { ...place, colorScheme: 'dark' as const },
    ]),
  )(
    'the $name has no violation of WCAG 2.2 AA: greeting, choices, cards and error, $colorScheme',
    async ({ open, colorScheme }) => {
      const place = await open({ colorScheme });
      const { page, chat } = place;
      const found: Record<string, string[]> = {};
      const check = async (state: string) => {
        const inFrames = await Promise.all((await place.frames()).map(violationsIn));
        found[state] = [...(found[state] ?? []), ...inFrames.flat()];
      };
      await chat.heard('Hello');
      await check('greeting');
      await chat.say('not enough storage');
      await expect.poll(() => chat.buttons()).not.toEqual([]);
      await check('choices');
      await chat.say(problem);
      await chat.heard('Missing: 1.7');
      await goToStep(place, () => check('cards'));
      await page.route('**/tokens/generate', (route) => route.fulfill({ status: 500, body: '' }));
      await page.reload();
      const inside = (await place.frames()).length > 1 ? page.frameLocator('iframe') : page;
      await inside.getByRole('button', { name: 'Try again' }).waitFor({ timeout: 30_000 });
      await check('error');
      expect(found).toEqual({ greeting: [], choices: [], cards: [], error: [] });
      await page.context().close();
    },
    longTestMs,
  );

  test.each(places)('the $name announces every reply, cards with all they say', async ({ open }) => {
    const place = await open();
    const { page, chat } = place;
    await chat.heard('Hello');
    const frame = (await place.frames()).at(-1) as Frame;
    await listenIn(frame);
    await chat.say('not enough storage');
    await expect.poll(() => announcedIn(frame)).toContain('on which phone');
    await chat.say(problem);
    // Until the reply is there, the buttons are those of the question before.
    await chat.heard('Missing: 1.7');
    await goToStep(place, async () => {});
    for (const words of ['Missing: 1.7', 'Warning', 'Step 1 of', 'Settings'])
      await expect.poll(() => announcedIn(frame)).toContain(words);
    await page.context().close();
  });

  test.each([
    { zoom: 'twice its size', viewport: { width: 640, height: 512 } },
    { zoom: 'four times its size', viewport: { width: 320, height: 256 } },
    { zoom: 'its size above a keyboard', viewport: { width: 360, height: 360 } },
  ])('the page at $zoom cuts nothing off, and leaves room to read and write', async ({ viewport }) => {
    const place = await openPage({ viewport, deviceScaleFactor: 2 });
    const { page, chat } = place;
    await chat.heard('Hello');
    await chat.say(problem);
    await chat.heard('Missing: 1.7');
    await goToStep(place, async () => {
      expect(await cutOffIn(page.mainFrame())).toEqual([]);
      const log = await page.locator('.webchat__basic-transcript').boundingBox();
      expect(log?.height).toBeGreaterThan(75);
      const box = await page.getByRole('textbox').boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height);
    });
    const scroller = 'document.scrollingElement';
    expect(await page.evaluate(`[${scroller}.scrollWidth, ${scroller}.scrollHeight]`)).toEqual(
      Object.values(viewport),
    );
    await page.context().close();
  });

  test.each(places)('nothing moves in the $name for whoever wants less motion', async ({ open }) => {
    const motions = await Promise.all(
      (['reduce', 'no-preference'] as const).map(async (reducedMotion) => {
        const place = await open({ reducedMotion });
        await place.chat.heard('Hello');
        await place.chat.say('not enough storage');
        await place.chat.heard('on which phone');
        const frames = await place.frames();
        await addMotionTo(frames.at(-1) as Frame);
        const found = await Promise.all(frames.map(motionIn));
        await place.page.context().close();
        return found.map((one) => one.length > 0);
      }),
    );
    expect(motions[0]).toEqual(motions[0]?.map(() => false));
    expect(motions[1]).toEqual(motions[1]?.map(() => true));
  });
});
