import type { Browser, BrowserContextOptions, FrameLocator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** A chat in a browser, driven as a person would. */
export interface Chat {
  /** Types into the box and sends it. */
  say(text: string): Promise<void>;
  /** Messages so far, oldest first, as "Bot: ..." and "You: ...". */
  messages(): Promise<string[]>;
  /** Waits for a message that contains `text`. */
  heard(text: string): Promise<void>;
  /** Labels of the buttons under the last message. */
  buttons(): Promise<string[]>;
  /** Presses a button under the last message, and waits until the bot has answered. */
  press(label: string): Promise<void>;
}

/** The chat page. */
export interface ChatPage extends Chat {
  page: Page;
  /** What went wrong in it so far: script errors, blocked content, requests to other origins. */
  faults: string[];
  close(): Promise<void>;
}

/** What a test changes of the browser. */
interface Settings extends BrowserContextOptions {
  /** Lets no WebSocket open, as some company networks do. */
  withoutWebSocket?: boolean;
}

/** Opens the chat page at `url`. */
export async function openChat(browser: Browser, url: string, settings: Settings = {}): Promise<ChatPage> {
  const { withoutWebSocket = false, ...options } = settings;
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'en-GB',
    ...options,
  });
  if (withoutWebSocket) await context.addInitScript(blockWebSockets);
  const page = await context.newPage();
  const faults = watchFaults(page, url);
  await page.goto(url);
  return { ...chatIn(page), page, faults, close: () => context.close() };
}

/** The chat that a page shows, or that stands in a frame of another website. */
export function chatIn(place: Page | FrameLocator): Chat {
  const bubbles = place.locator('.webchat__bubble');
  return {
    async say(text) {
      await place.getByRole('textbox').fill(text);
      await place.getByRole('textbox').press('Enter');
    },
    messages: () => readMessages(place),
    async heard(text) {
      const bubble = place.locator('.webchat__bubble__content').filter({ hasText: text });
      await bubble.first().waitFor({ timeout: 15_000 });
    },
    buttons: () => place.locator('.webchat__suggested-action').allInnerTexts(),
    async press(label) {
      const before = await bubbles.count();
      await place.getByRole('button', { name: label, exact: true }).last().click();
      await expect.poll(() => bubbles.count()).toBeGreaterThan(before + 1);
    },
  };
}

function watchFaults(page: Page, url: string): string[] {
  const faults: string[] = [];
  const { host } = new URL(url);
  const check = (address: string) => {
    const { protocol, host: other } = new URL(address);
    if (/^(https?|wss?):$/.test(protocol) && other !== host) faults.push(`another origin: ${address}`);
  };
  page.on('request', (request) => check(request.url()));
  page.on('websocket', (socket) => check(socket.url()));
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('console', (message) => {
    // Refused requests are what some tests are about.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      faults.push(`console: ${message.text()}`);
  });
  return faults;
}

async function readMessages(place: Page | FrameLocator): Promise<string[]> {
  const bubbles = await place.locator('.webchat__bubble').all();
  return await Promise.all(
    bubbles.map(async (bubble) => {
      const isOwn = /bubble--from-user/.test((await bubble.getAttribute('class')) ?? '');
      const text = await bubble.locator('.webchat__bubble__content').innerText();
      const said = text.replace(/^(Bot|You) said:\s*/, '').trim();
      return `${isOwn ? 'You' : 'Bot'}: ${said}`;
    }),
  );
}

/** Runs in the page. */
function blockWebSockets(): void {
  Object.assign(globalThis, {
    WebSocket: class {
      onerror: (() => void) | null = null;
      constructor() {
        setTimeout(() => this.onerror?.());
      }
      close(): void {}
    },
  });
}
