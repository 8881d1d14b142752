import type { TurnWrite } from '../../src/storage/turn-script.js';

/** When the rows of a test are from, unless it says otherwise. */
export const usualAt = 1_750_000_000_000;

interface Changes {
  conversation?: string;
  person?: string;
  /** Version that the conversation gets; 1 for a new one. */
  version?: number;
  /** Version of the person that was read; undefined for a new one. */
  personVersion?: number | undefined;
  at?: number;
  status?: 'pending' | 'sent';
}

/** What a turn writes: one row of everything. */
export function writeOf(activityId: string, changes: Changes = {}): TurnWrite {
  const { conversation = 'web|talk', person = 'web|ada', version = 1, at = usualAt } = changes;
  const { personVersion = version === 1 ? undefined : version - 1, status = 'pending' } = changes;
  const place = { conversation_id: conversation };
  const name = `${conversation} ${activityId}`;
  return {
    activityId,
    answerJson: null,
    conversation: {
      id: conversation,
      person_id: person,
      version,
      holder: 'bot',
      state_json: `{"version":${version}}`,
      address_json: '{}',
      locale: 'en',
      time_zone: '',
      updated_at: at,
    },
    isNewConversation: version === 1,
    personVersion,
    device: { id: `phone of ${person}`, person_id: person, state_json: '{}', updated_at: at },
    messages: [{ ...place, seq: version * 100, side: 'person', text: `said ${activityId}`, at }],
    outbox: [
      {
        ...place,
        id: `row ${name}`,
        seq: version * 100,
        address_json: '{}',
        reply_json: '{}',
        not_before: at,
        attempts: 0,
        status,
        channel_message_id: null,
      },
    ],
    facts: [
      {
        ...place,
        id: `fact ${name}`,
        pseudonym: 'p',
        channel: 'web',
        content_version: '1',
        kind: 'unclear',
        detail_json: '{}',
        at,
      },
    ],
    phrases: [{ ...place, id: `phrase ${name}`, text: 'words', reason: 'unclear', meant: '', at }],
    forgets: false,
  };
}
