import { openConversation } from './conversation.js';
import { look } from './look.js';
import { find, onRetry, showNotice } from './notice.js';

/** Of Web Chat's connection: all is well; and the states that it does not leave by itself (expired, failed, ended). */
const online = 2;
const lost = [3, 4, 5];
const maxFailures = 5;
const firstDelayMs = 500;

const place = find('chat');
const { nonce, placeholder } = place.dataset;

/** Attempts since the chat last worked. */
let failures = 0;

onRetry(() => {
  failures = 0;
  open('');
});
await open('');

/**
 * Opens the chat; when it does not work, tries again a little later, and in the end says so.
 * @param {string} draft what the person was writing
 */
async function open(draft) {
  showNotice('opening');
  try {
    render(await openConversation(), draft);
    showNotice();
  } catch {
    await openLater(draft);
  }
}

/** @param {string} draft */
async function openLater(draft) {
  failures += 1;
  if (failures >= maxFailures) {
    place.replaceChildren();
    showNotice('failed', 'retry');
    return;
  }
  await wait(firstDelayMs * 2 ** failures);
  await open(draft);
}

/**
 * Shows the conversation in place of the one before.
 * @param {DirectLine} directLine
 * @param {string} draft
 */
function render(directLine, draft) {
  const store = window.WebChat.createStore({ sendBoxValue: draft });
  const element = document.createElement('div');
  place.replaceChildren(element);
  window.WebChat.renderWebChat(
    {
      directLine,
      store,
      nonce,
      locale: document.documentElement.lang,
      styleOptions: look,
      overrideLocalizedStrings: { TEXT_INPUT_PLACEHOLDER: placeholder },
    },
    element,
  );
  const watch = directLine.connectionStatus$.subscribe((status) => {
    if (status === online) failures = 0;
    if (!lost.includes(status)) return;
    // The cookie opens the same conversation again. Not from within the subscription, which is still being told.
    setTimeout(() => {
      watch.unsubscribe();
      directLine.end();
      openLater(store.getState().sendBoxValue ?? '');
    });
  });
}

/** @param {number} ms */
function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
