import type { CommitResult } from './commit.js';
import type { Stored, TurnPlace } from './store.js';
import type { ConversationRow } from './tables.js';
import type { TurnWrite } from './turn-script.js';

/** Conversations, and people, that are remembered; of more, those that were quiet longest are read again. */
const maxRemembered = 500;

/** What this process wrote last of a person. */
type Person = Pick<Stored, 'devices'> & { version: number };

/**
 * What this process wrote last, so that the next turn need not read it again. It is a guess: where another process
 * has written since, the version check of the commit says so, and the turn reads from the storage and runs again.
 */
export class Recent {
  readonly #conversations = new Map<string, { row: ConversationRow; lastActivityId: string }>();
  readonly #people = new Map<string, Person>();

  /** What a read would give, but for an answer to the same activity; undefined where that is not known. */
  find({ conversationId, personId, activityId }: TurnPlace): Stored | undefined {
    const conversation = this.#conversations.get(conversationId);
    const person = this.#people.get(personId);
    if (conversation === undefined || person === undefined) return undefined;
    // What a channel sends again has an answer in the storage.
    if (conversation.lastActivityId === activityId) return undefined;
    const { version: personVersion, devices } = person;
    return { handled: undefined, conversation: conversation.row, personVersion, devices, isOwn: true };
  }

  /** Takes note of how the commit of a turn ended that began with `stored`. */
  note(write: TurnWrite, result: CommitResult, stored: Pick<Stored, 'devices'>): void {
    const { conversation, personVersion = 0, device, forgets } = write;
    this.#conversations.delete(conversation.id);
    this.#people.delete(conversation.person_id);
    if (forgets) this.forget();
    if (forgets || result !== 'committed') return;
    remember(this.#conversations, conversation.id, { row: conversation, lastActivityId: write.activityId });
    const others = stored.devices.filter(({ id }) => id !== device.id);
    const isKnown = others.length < stored.devices.length;
    const devices = isKnown
      ? stored.devices.map((one) => (one.id === device.id ? device : one))
      : [...others, device];
    remember(this.#people, conversation.person_id, { version: personVersion + 1, devices });
  }

  /** Forgets everything, as when a person is deleted. */
  forget(): void {
    this.#conversations.clear();
    this.#people.clear();
  }
}

function remember<T>(map: Map<string, T>, id: string, value: T): void {
  map.set(id, value);
  for (const oldest of map.keys()) {
    if (map.size <= maxRemembered) return;
    map.delete(oldest);
  }
}
