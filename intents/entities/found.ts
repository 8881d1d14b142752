import type { EntityName, Span } from '../understanding.js';

/** A value found in the text, before negation and correction are read. */
export interface FoundValue {
  entity: EntityName;
  value: string;
  span: Span;
}
