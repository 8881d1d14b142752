import { persistently } from './persistent.js';
import { repeatEvery, talk } from './talk.js';

/** Sends an activity as a channel of the Bot Framework does, again until it is taken; resolves to the answer. */
export function sendActivity(server: string, activity: Record<string, unknown>): Promise<unknown> {
  return persistently((signal) =>
    fetch(`${server}/api/messages`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(activity),
      signal,
    }),
  );
}

/** A message of a person at a channel whose service is at `serviceUrl`. */
export function channelMessage(serviceUrl: string, conversation: string, id: string, text: string) {
  return {
    type: 'message',
    id,
    text,
    channelId: 'emulator',
    serviceUrl,
    conversation: { id: conversation },
    from: { id: `person of ${conversation}` },
    recipient: { id: 'backup-medic' },
  };
}

/** The whole talk through a channel, one message after the other. */
export async function talkByChannel(
  server: () => string,
  serviceUrl: string,
  conversation: string,
): Promise<void> {
  for (const [at, text] of talk.entries()) {
    const activity = channelMessage(serviceUrl, conversation, `${at}`, text);
    await sendActivity(server(), activity);
    if (at % repeatEvery === 0) await sendActivity(server(), activity);
  }
}
