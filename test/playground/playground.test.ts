import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../src/project-root.js';
import { findBrowser } from '../browser/find-browser.js';
import { type RunningBot, startBot } from '../browser/running-bot.js';
import { type Playground, startPlayground } from './playground.js';
import { openTeams, type TeamsPage } from './teams-page.js';

const browser = await findBrowser();
afterAll(() => browser?.close());

const pictures = join(projectRoot(), '.cache/screenshots');
mkdirSync(pictures, { recursive: true });

/** More steps than any fix takes. */
const maxSteps = 15;

/** Answers like somebody whose every step works. */
function pick(labels: readonly string[]): string | undefined {
  const liked = [/^(yes|it worked|works|i have a copy)/i, /^done/i, /icloud/i];
  return liked.map((like) => labels.find((label) => like.test(label))).find(Boolean) ?? labels[0];
}

describe.skipIf(browser === undefined)('Teams, as the Agents Playground plays it', () => {
  const opened = browser as Browser;
  let bot: RunningBot;
  let playground: Playground;
  let teams: TeamsPage;
  // Understanding is trained first when its examples have changed.
  beforeAll(async () => {
    bot = await startBot();
    playground = await startPlayground(`${bot.url}/api/messages`);
    teams = await openTeams(opened, playground.url);
  }, 120_000);
  afterAll(async () => {
    await playground.stop();
    await bot.stop();
  });

  const photograph = (name: string) => teams.page.screenshot({ path: join(pictures, `teams-${name}.png`) });

  test('greets once, however often it is installed', async () => {
    await teams.heard("Hello, I'm Backup Medic");
    await teams.page.getByRole('button', { name: 'Mock an Activity' }).click();
    await teams.page.getByText('Install application', { exact: true }).click();
    await teams.page.getByRole('button', { name: 'Send activity' }).click();
    await expect.poll(() => teams.logged('installationUpdate 200')).toBe(2);
    await teams.say('My iPhone says not enough iCloud storage');
    await teams.heard('about space');
    expect(await teams.replies.count()).toBe(2);
  });

  test('goes by the buttons of cards to a backup that works, and closes each card that was pressed', async () => {
    let presses = 0;
    for (let label = pick(await teams.buttons()); label !== undefined; label = pick(await teams.buttons())) {
      const card = (await teams.replies.count()) - 1;
      if ((await teams.buttons()).includes('Done')) await photograph('step');
      await teams.press(label);
      presses += 1;
      expect(presses).toBeLessThan(maxSteps);
      // The card is replaced in place: it says what was chosen, and has nothing left to press.
      const pressed = teams.replies.nth(card);
      await expect.poll(() => pressed.innerText()).toContain(`Your answer: ${label}`);
      await expect.poll(() => pressed.getByRole('button').count()).toBe(0);
    }
    expect(presses).toBeGreaterThan(2);
    // Every press came as an Action.Execute, which Teams sends as an invoke.
    expect(await teams.logged('invoke 200')).toBe(presses);
    await teams.heard('your backup works');
    await photograph('solved');
  });

  test('takes the feedback below the solution', async () => {
    const before = await teams.logged('invoke 200');
    await teams.page.getByRole('button', { name: 'Like', exact: true }).click();
    await teams.page.getByRole('button', { name: 'Submit' }).click();
    await expect.poll(() => teams.logged('invoke 200')).toBe(before + 1);
    await teams.page.getByRole('dialog').getByRole('button', { name: 'close' }).click();
    await teams.page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  test('answers a mention in a group chat', async () => {
    await teams.open('Group Chat');
    await teams.say('my iphone says not enough icloud storage', { isToBot: true });
    await teams.page.getByRole('button', { name: 'Yes, an old one' }).click();
    await teams.page.getByRole('button', { name: 'I have a copy' }).waitFor();
    await photograph('group');
  });

  test('answers a mention in a channel, and remembers the phone', async () => {
    await teams.open('My Team - General');
    await teams.say('my iphone says not enough icloud storage', { isToBot: true });
    await teams.page.getByRole('button', { name: 'I have a copy' }).click();
    await teams.page.getByText('Your answer: I have a copy').waitFor();
    await photograph('channel');
  });

  test('finds a fix for a support agent, and puts its card into the chat', async () => {
    const { page } = teams;
    await teams.open('Personal Chat');
    await page.getByRole('button', { name: 'Trigger Message Extension App' }).click();
    await page.getByText('Search Command', { exact: true }).click();
    await page.getByText('Specify Command ID or Parameter').click();
    await page.getByPlaceholder('Command ID').fill('findFix');
    await page.getByPlaceholder('Parameter name').fill('searchText');
    await page.getByPlaceholder('Enter a search term').fill('old backup');
    await page.getByText('Deleting the backups of phones you no longer use', { exact: true }).click();
    await page.getByRole('textbox').getByText('It cannot be undone').waitFor();
    await photograph('fix');
    // In the bot's own chat a card is no sentence about a phone.
    await page.getByRole('button', { name: 'Send Message' }).click();
    await teams.heard('Please type the words');
  });

  test('stays on this machine, and without a fault', () => {
    expect(playground.faults()).toBe('');
    expect(teams.faults).toEqual([]);
  });
});
