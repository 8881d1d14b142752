import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** Teams as the Playground shows it in a browser, used as a person would. */
export interface TeamsPage {
  page: Page;
  /** Script errors so far. */
  faults: string[];
  /** Messages of the bot in the open chat, oldest first. */
  replies: Locator;
  /** Opens "Personal Chat", "Group Chat" or a channel such as "My Team - General". */
  open(chat: string): Promise<void>;
  /** Sends a message, in a group with a mention of the bot in front. */
  say(text: string, options?: { isToBot: boolean }): Promise<void>;
  /** Labels of the buttons on the newest message, without the overflow menu. */
  buttons(): Promise<string[]>;
  /** Presses a button of the newest message, and waits for the bot's next one. */
  press(label: string): Promise<void>;
  /** Waits until the newest message of the bot says `text`. */
  heard(text: string): Promise<void>;
  /** How often the Playground's log has this line, such as "installationUpdate 200". */
  logged(line: string): Promise<number>;
}

/** The bot's name in the Playground. */
const botName = 'Test Bot';

/** Opens the Playground at `url`; its page reaches nothing outside this machine. */
export async function openTeams(browser: Browser, url: string): Promise<TeamsPage> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, locale: 'en-GB' });
  await context.route(
    ({ hostname }) => hostname !== 'localhost',
    (route) => route.abort(),
  );
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  await page.goto(url);
  const replies = page.locator('.fai-OutputCard');
  return {
    page,
    faults,
    replies,
    async open(chat) {
      await page.getByRole('treeitem', { name: chat, exact: true }).click();
    },
    async say(text, { isToBot } = { isToBot: false }) {
      // A channel offers a new post first, and answers below it.
      await page.getByRole('textbox').first().click();
      if (isToBot) await mention(page);
      await page.keyboard.type(text);
      await page
        .getByRole('button', { name: /^(Send Message|Post)$/ })
        .first()
        .click();
    },
    buttons: async () =>
      (await replies.last().locator('.ac-pushButton-content').allInnerTexts()).filter((one) => one !== '...'),
    async press(label) {
      const before = await replies.count();
      await replies.last().getByRole('button', { name: label, exact: true }).click();
      await expect.poll(() => replies.count()).toBeGreaterThan(before);
    },
    heard: (text) => expect.poll(() => replies.last().innerText()).toContain(text),
    logged: async (line) => await page.getByText(line, { exact: true }).count(),
  };
}

/** Picks the bot from the list that "@" opens. */
async function mention(page: Page): Promise<void> {
  await page.keyboard.type('@');
  // The bot's name stands above its messages too; that of another member in the list alone.
  await page.getByText('Megan Bowen', { exact: true }).waitFor();
  await page.getByText(botName, { exact: true }).last().click();
  await page.getByRole('textbox').first().getByText(botName).waitFor();
  await page.keyboard.type(' ');
}
