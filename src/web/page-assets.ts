import { join } from 'node:path';
import { Asset } from './asset.js';

const script = 'text/javascript; charset=utf-8';

/** The files that the page loads, by address. */
export function createAssets(root: string) {
  const source = join(root, 'src/web');
  return {
    '/web/webchat.js': new Asset(join(root, 'dist/web/webchat.js'), script),
    '/web/chat.js': new Asset(join(source, 'browser/chat.js'), script),
    '/web/conversation.js': new Asset(join(source, 'browser/conversation.js'), script),
    '/web/tokens.js': new Asset(join(source, 'browser/tokens.js'), script),
    '/web/notice.js': new Asset(join(source, 'browser/notice.js'), script),
    '/web/card-look.js': new Asset(join(source, 'browser/card-look.js'), script),
    '/web/look.js': new Asset(join(source, 'browser/look.js'), script),
    '/web/opening.js': new Asset(join(source, 'browser/opening.js'), script),
    '/web/embedded.js': new Asset(join(source, 'browser/embedded.js'), script),
    '/web/page.css': new Asset(join(source, 'page.css'), 'text/css; charset=utf-8'),
    '/web/typing.svg': new Asset(join(source, 'typing.svg'), 'image/svg+xml'),
    '/web/icon.svg': new Asset(join(source, 'icon.svg'), 'image/svg+xml'),
  };
}
