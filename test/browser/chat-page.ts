import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** The chat page in a browser, driven as a person would. */
export interface ChatPage {
  page: Page;
  /** What went wrong in it so far: script errors, blocked content, requests to other origins. */
  faults: string[];
  /** Types into the box and sends it. */
  say(text: string): Promise<void>;
  /** Messages so far, oldest first, as "Bot: ..." and "You: ...". */
  messages(): Promise<string[]>;
  /** Waits for a message that contains `text`. */
  heard(text: string): Promise<void>;
  /** Labels of the buttons under the last message. */
  buttons(): Promise<string[]>;
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
  return {
    page,
    faults,
    async say(text) {
      await page.getByRole('textbox').fill(text);
      await page.keyboard.press('Enter');
    },
    messages: () => readMessages(page),
    async heard(text) {
      const bubble = page.locator('.webchat__bubble__content').filter({ hasText: text });
      await bubble.first().waitFor({ timeout: 15_000 });
    },
    buttons: () => page.locator('.webchat__suggested-action').allInnerTexts(),
    close: () => context.close(),
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

async function readMessages(page: Page): Promise<string[]> {
  const bubbles = await page.locator('.webchat__bubble').all();
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
