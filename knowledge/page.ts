import { join } from 'node:path';
import { z } from 'zod';
import { readContent } from './content.js';

const text = z.string().min(1);

const pageSchema = z.strictObject({
  title: text.max(40),
  tagline: text.max(60),
  description: text.max(160),
  /** Name of the chat region for screen readers. */
  chat: text,
  placeholder: text.max(40),
  opening: text,
  failed: text,
  retry: text.max(20),
  noScript: text,
  /** On the button that opens the chat on another website, and on the one that closes it. */
  embedOpen: text.max(40),
  embedClose: text.max(40),
});

/** The texts of the chat page. */
export type PageWords = z.infer<typeof pageSchema>;

/** Reads page.yaml in `folder`. @throws ContentError naming file, line and field. */
export function loadPage(folder: string): PageWords {
  return readContent(join(folder, 'page.yaml'), pageSchema).value;
}
