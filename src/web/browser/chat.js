import { cardLook } from './card-look.js';
import { openConversation } from './conversation.js';
import { look, statusOnlyWhenUnsent } from './look.js';
import { find, onRetry, showNotice } from './notice.js';

/** Of Web Chat's connection: all is well; and the states that it does not leave by itself (expired, failed, ended). */
const online = 2;
const lost = [3, 4, 5];
const maxFailures = 4;
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
  // Nobody shall write into a chat that sends no more.
  place.replaceChildren();
  failures += 1;
  if (failures >= maxFailures) {
    showNotice('failed', 'retry');
    return;
  }
  showNotice('opening');
  // An expired token, the usual reason, is no reason to wait.
  await wait(firstDelayMs * (2 ** failures - 2));
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
      adaptiveCardsHostConfig: cardLook,
      activityStatusMiddleware: statusOnlyWhenUnsent,
      overrideLocalizedStrings: { TEXT_INPUT_PLACEHOLDER: placeholder },
    },
    element,
  );
  let isOver = false;
  const watch = directLine.connectionStatus$.subscribe((status) => {
    if (status === online) failures = 0;
    if (isOver || !lost.includes(status)) return;
    isOver = true;
    // The cookie opens the same conversation again. Not from within the subscription, which is still being told.
    setTimeout(async () => {
      const hadFocus = place.contains(document.activeElement);
      watch.unsubscribe();
      directLine.end();
      await openLater(store.getState().sendBoxValue ?? '');
      if (hadFocus) await focusInput();
    });
  });
}

/** Puts the focus where the person writes, once Web Chat has made that place. */
async function focusInput() {
  for (let tries = 0; tries < 40; tries += 1) {
    /** @type {HTMLElement | null} */
    const input = place.querySelector('[data-id="webchat-sendbox-input"]');
    if (input !== null) return input.focus();
    await wait(50);
  }
}

/** @param {number} ms */
function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
