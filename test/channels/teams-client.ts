import { randomUUID } from 'node:crypto';
import type { Activity } from 'botbuilder';
import pino from 'pino';
import type { Brain } from '../../dialogs/frame.js';
import { readConfig } from '../../src/config.js';
import { createHost, type Host } from '../../src/host.js';
import { projectRoot } from '../../src/project-root.js';
import { startServer } from '../../src/server.js';
import { cardOf } from './anatomy.js';
import { type Connector, startConnector } from './connector.js';

/** A conversation with the whole product as Teams holds it: over HTTP, with a connector that gets the replies. */
export interface TeamsClient {
  connector: Connector;
  host: Host;
  /** Posts an activity; the answer's status and body once every reply went out. */
  post(activity: Partial<Activity>): Promise<{ status: number; body: unknown }>;
  /** Presses the button with this label on the newest card, as Action.Execute. */
  execute(label: string, id?: string): Promise<{ status: number; body: unknown }>;
  /** Presses it as a client does that knows Action.Submit alone. */
  submit(label: string): Promise<{ status: number; body: unknown }>;
  /** What the newest message says. */
  newest(): string;
  wait(ms: number): void;
  close(): Promise<void>;
}

const bot = { id: '28:bot', name: 'Backup Medic' };
const person = { id: '29:person', name: 'Ann' };

/** Starts the product and the connector. */
export async function startTeams(options: { brain: Brain; isGroup?: boolean }): Promise<TeamsClient> {
  const { brain, isGroup = false } = options;
  let now = Date.UTC(2025, 5, 3, 9);
  const connector = await startConnector();
  const config = readConfig({ PORT: '0', STORAGE_URL: 'file::memory:', LOG_LEVEL: 'silent' });
  const root = projectRoot();
  const log = pino({ level: 'silent' });
  const host = await createHost({ root, config, log, now: () => now, brain });
  const server = await startServer({ root, config, host });
  const post: TeamsClient['post'] = async (activity) => {
    now += 10_000;
    const response = await fetch(`${server.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        id: randomUUID(),
        channelId: 'msteams',
        serviceUrl: connector.url,
        conversation: { id: isGroup ? '19:group' : 'a:personal', isGroup, tenantId: 'tenant' },
        from: person,
        recipient: bot,
        ...activity,
      }),
    });
    const text = await response.text();
    await host.outbox.settled();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
  const pressed = (label: string) => {
    const message = connector.shown().findLast((one) => actionOf(one, label) !== undefined);
    const action = message === undefined ? undefined : actionOf(message, label);
    if (action === undefined) throw new Error(`no button "${label}" to press`);
    return { message, action };
  };
  return {
    connector,
    host,
    post,
    execute(label, id = randomUUID()) {
      const { message, action } = pressed(label);
      const { type, verb, data } = action;
      return post({
        id,
        type: 'invoke',
        name: 'adaptiveCard/action',
        replyToId: message?.id,
        value: { action: { type, verb, data }, trigger: 'manual' },
      });
    },
    submit(label) {
      const { message, action } = pressed(label);
      const data = action.fallback?.data as { msteams: { text: string; value: unknown } };
      const { text, value } = data.msteams;
      return post({ type: 'message', text, value, replyToId: message?.id });
    },
    newest() {
      const last = connector.shown().at(-1);
      return last === undefined ? '' : (cardOf(last)?.speak ?? last.text ?? '');
    },
    wait(ms) {
      now += ms;
    },
    async close() {
      await server.close();
      await connector.close();
    },
  };
}

function actionOf(message: Partial<Activity>, label: string) {
  return cardOf(message)?.actions?.find(({ title }) => title === label);
}
