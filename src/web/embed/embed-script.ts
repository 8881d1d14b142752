import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { PageWords } from '../../../knowledge/page.js';

/** The script of /embed.js with its words; every page of the web may load it, the frame decides who may show the chat. */
export function createEmbedScript(root: string, words: PageWords): (response: ServerResponse) => void {
  const source = readFileSync(join(root, 'src/web/browser/embed.js'), 'utf8');
  const script = Buffer.from(
    source
      .replace('[[embedOpen]]', quoted(words.embedOpen))
      .replace('[[embedClose]]', quoted(words.embedClose)),
  );
  return (response) => {
    response.writeHead(200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Content-Length': script.length,
      'Cache-Control': 'public, max-age=300',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(response.req.method === 'HEAD' ? undefined : script);
  };
}

/** A text as it stands between single quotes in a script. */
function quoted(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll("'", "\\'");
}
