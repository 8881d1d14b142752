import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadBrain } from '../../src/brain.js';
import { projectRoot } from '../../src/project-root.js';
import { buttonsOf, cardOf } from './anatomy.js';
import { startTeams, type TeamsClient } from './teams-client.js';

const brain = loadBrain(projectRoot());
const installed = { type: 'installationUpdate', action: 'add' };

describe('a personal chat in Teams', () => {
  let teams: TeamsClient;
  beforeAll(async () => {
    teams = await startTeams({ brain });
  });
  afterAll(() => teams.close());

  test('greets once, however often it is installed', async () => {
    await teams.post(installed);
    await teams.post({ type: 'conversationUpdate', membersAdded: [{ id: '28:bot', name: '' }] });
    await teams.post({ type: 'installationUpdate', action: 'add-upgrade' });
    expect(teams.connector.shown()).toHaveLength(1);
    expect(teams.newest()).toContain('Hello');
  });

  test('asks with buttons on a card', async () => {
    await teams.post({ type: 'message', text: 'not enough storage' });
    const last = teams.connector.shown().at(-1)!;
    expect(last.text).toBeUndefined();
    expect(last.summary).toContain('Android');
    expect(buttonsOf(last, 'msteams').map(({ label }) => label)).toEqual([
      'iPhone/iPad: iCloud',
      'Android: Google',
      'Google Photos',
      'WhatsApp',
      'Not sure',
    ]);
  });

  test('takes Action.Submit, and closes the card that was pressed', async () => {
    await teams.submit('iPhone/iPad: iCloud');
    const cards = teams.connector.shown().map((one) => cardOf(one));
    expect(cards[1]?.actions).toBeUndefined();
    expect(cards[1]?.speak).toContain('Your answer: iPhone/iPad: iCloud');
    expect(cards.at(-1)?.actions?.length).toBeGreaterThan(1);
  });

  test('answers Action.Execute with the closed card, and a repeat with the same', async () => {
    const before = teams.connector.shown().length;
    const label = buttonsOf(teams.connector.shown().at(-1)!, 'msteams')[0]!.label;
    const first = await teams.execute(label, 'pressed-once');
    expect(first).toMatchObject({
      status: 200,
      body: { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive' },
    });
    expect(JSON.stringify(first.body)).toContain(`Your answer: ${label}`);
    const after = teams.connector.shown().length;
    expect(after).toBeGreaterThan(before);
    const stored = await teams.post({
      id: 'pressed-once',
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', data: {} } },
    });
    expect(stored).toEqual(first);
    expect(teams.connector.shown()).toHaveLength(after);
  });

  test('understands why and back from the menu of a card', async () => {
    await teams.post({ type: 'message', text: 'start over' });
    await teams.post({ type: 'message', text: 'yes' });
    await teams.post({ type: 'message', text: 'my iphone says not enough icloud storage, 5 GB full' });
    for (let asked = 0; asked < 6 && !isStep(teams); asked += 1) {
      const [first] = buttonsOf(teams.connector.shown().at(-1)!, 'msteams');
      await teams.execute(first!.label);
    }
    expect(isStep(teams)).toBe(true);
    const { body } = await teams.execute('Why?');
    expect(body).toMatchObject({ statusCode: 200 });
    expect(buttonsOf(teams.connector.shown().at(-1)!, 'msteams').length).toBeGreaterThan(0);
  });

  test('keeps feedback as a fact without its words', async () => {
    const value = {
      actionName: 'feedback',
      actionValue: { reaction: 'like', feedback: '{"text":"secret"}' },
    };
    expect(await teams.post({ type: 'invoke', name: 'message/submitAction', value })).toEqual({
      status: 200,
      body: {},
    });
    const facts = await teams.host.db
      .selectFrom('facts')
      .selectAll()
      .where('kind', '=', 'feedback')
      .execute();
    expect(facts.map(({ detail_json }) => detail_json)).toEqual(['{"reaction":"like"}']);
  });

  test('refuses an invoke that it does not know', async () => {
    expect((await teams.post({ type: 'invoke', name: 'something/else' })).status).toBe(404);
  });

  test('asks after a long pause whether to go on', async () => {
    teams.wait(12 * 3_600_000);
    await teams.post({ type: 'message', text: 'hi' });
    expect(teams.newest()).toContain('Shall we go on');
  });
});

function isStep(teams: TeamsClient): boolean {
  return cardOf(teams.connector.shown().at(-1)!)?.actions?.some(({ title }) => title === 'Why?') === true;
}

describe('a group chat in Teams', () => {
  let teams: TeamsClient;
  beforeAll(async () => {
    teams = await startTeams({ brain, isGroup: true });
  });
  afterAll(() => teams.close());

  test('says when it is added that it has to be mentioned', async () => {
    await teams.post(installed);
    expect(teams.newest()).toContain('Mention me');
  });

  test('reads a message without the mentions of the bot', async () => {
    const mention = {
      type: 'mention',
      text: '<at>Backup Medic</at>',
      mentioned: { id: '28:bot', name: 'Backup Medic' },
    };
    await teams.post({
      type: 'message',
      text: '<at>Backup Medic</at>&nbsp;my <at>Ann</at> phone says not enough storage <at>Backup Medic</at>',
      entities: [
        mention,
        { type: 'mention', text: '<at>Ann</at>', mentioned: { id: '29:person', name: 'Ann' } },
      ],
    });
    const [said] = await teams.host.db
      .selectFrom('messages')
      .selectAll()
      .where('side', '=', 'person')
      .execute();
    expect(said?.text).toBe('my Ann phone says not enough storage');
    expect(teams.newest()).toContain('iPhone');
  });
});

describe('a channel in trouble', () => {
  let teams: TeamsClient;
  beforeAll(async () => {
    teams = await startTeams({ brain });
  });
  afterAll(() => teams.close());

  test.each([412, 429, 502, 504])('sends again after %i', async (status) => {
    teams.connector.refusals.push({ status });
    const before = teams.connector.shown().length;
    await teams.post({ type: 'message', text: 'hello' });
    expect(teams.connector.shown().length).toBeGreaterThan(before);
  });

  test('gives up what is refused for good', async () => {
    teams.connector.refusals.push({ status: 403, code: 'BotNotInConversationRoster' });
    const before = teams.connector.calls.length;
    await teams.post({ type: 'message', text: 'hello' });
    expect(teams.connector.calls).toHaveLength(before + 1);
  });

  test('goes on where the card to close is gone', async () => {
    await teams.post({ type: 'message', text: 'not enough storage' });
    teams.connector.calls.length = 0;
    teams.connector.refusals.push(undefined, { status: 404, code: 'ActivityNotFoundInConversation' });
    await teams.post({ type: 'message', text: 'iphone' });
    const updates = teams.connector.calls.filter(({ method }) => method === 'PUT');
    expect(updates.map(({ path }) => path)).toEqual([expect.stringMatching(/\/activities\/sent-\d+$/)]);
    const pending = await teams.host.db
      .selectFrom('outbox')
      .selectAll()
      .where('status', '!=', 'sent')
      .execute();
    expect(pending.filter(({ reply_json }) => reply_json.includes('"close"'))).toEqual([]);
  });
});
