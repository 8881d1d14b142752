import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { Activity } from 'botbuilder';
import pino from 'pino';
import type { Channel } from '../channels/channel.js';
import { readConfig } from '../config.js';
import { createHost, type Host } from '../host.js';
import { loadDotEnv, projectRoot } from '../project-root.js';

const bot = { id: 'backup-medic', name: '' };

/** Prints replies; a text below the person's line, with a blank line between messages. */
const terminal: Channel = {
  async send(_address, activity) {
    if (typeof activity.text === 'string') console.log(`\n${activity.text}`);
    return { status: 'sent' };
  },
};

async function main(): Promise<void> {
  const root = projectRoot();
  loadDotEnv(root);
  const config = { ...readConfig(), LOG_LEVEL: 'error' as const };
  const log = pino({ level: config.LOG_LEVEL }, pino.destination({ fd: 2, sync: true }));
  const host = await createHost({ root, config, log, terminal });
  // A person at the terminal goes on where they were; a file of messages is a conversation of its own.
  const conversation = process.stdin.isTTY === true ? 'terminal' : randomUUID();
  await say(host, conversation, {
    type: 'conversationUpdate',
    membersAdded: [{ id: conversation, name: '' }],
  });
  await converse(host, conversation);
  await host.close();
}

/** One message a line, from a person at the terminal or from a file. */
async function converse(host: Host, conversation: string): Promise<void> {
  const isPerson = process.stdin.isTTY === true;
  const lines = createInterface({ input: process.stdin, output: isPerson ? process.stdout : undefined });
  if (isPerson) prompt(lines);
  for await (const line of lines) {
    if (!isPerson) console.log(`\n> ${line}`);
    await say(host, conversation, { type: 'message', text: line });
    if (isPerson) prompt(lines);
  }
}

function prompt(lines: ReturnType<typeof createInterface>): void {
  lines.setPrompt('\n> ');
  lines.prompt();
}

async function say(host: Host, conversation: string, activity: Partial<Activity>): Promise<void> {
  await host.receive({
    ...activity,
    id: randomUUID(),
    timestamp: new Date(),
    channelId: 'terminal',
    serviceUrl: 'urn:backup-medic:terminal',
    conversation: { id: conversation, isGroup: false, conversationType: '', name: '' },
    from: { id: conversation, name: '' },
    recipient: bot,
  });
  await host.outbox.settled();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
