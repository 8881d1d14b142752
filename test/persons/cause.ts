import type { World } from './questions.js';

/** Kinds of phones and backups on which a cause can be met. */
export type Where = 'icloud' | 'google' | 'photos' | 'applePhotos' | 'samsung' | 'whatsapp' | 'appleWhatsapp';

/** A cause as the decision tables describe it: where it is met, what shows it, what mends it. */
export interface TrueCause {
  name: string;
  /** Row of the decision tables. */
  row: string;
  /** How common it is beside the others. */
  weight: number;
  where: readonly Where[];
  /** Facts that differ from a healthy phone. */
  world: World;
  /** Facts that only some have: fact to value and share. */
  sometimes?: Record<string, { value: string; share: number }>;
  /** Fix to how often it works; a fix that needs a fact works only with it. */
  mends: Record<string, number | { share: number; needs: World }>;
  /** What the person complains of, without the phone. */
  symptoms: readonly string[];
  /** Name of the topic among buttons, when the bot offers some. */
  topic: RegExp;
  /** Set when no fix helps: a person must take over. */
  hopeless?: true;
}
