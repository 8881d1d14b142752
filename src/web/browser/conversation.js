import { sendOpening } from './opening.js';
import { api, keepFresh, requestToken } from './tokens.js';

const storageKey = 'backup-medic-conversation';
/** A proxy that swallows WebSockets answers nothing: after this the page asks by polling. */
const streamTimeoutMs = 4_000;

/**
 * A Direct Line for the conversation that this browser had, else for a new one; rejects while the server is out
 * of reach.
 * @returns {Promise<DirectLine>}
 */
export async function openConversation() {
  const remembered = recall();
  const grant = (remembered && (await requestToken(remembered))) || (await requestToken());
  if (!grant) throw new Error('tokens/generate: no conversation');
  const { conversationId, token, streamUrl, domain = api } = grant;
  const webSocket = streamUrl === undefined || (await canStream(streamUrl));
  remember(conversationId);
  const directLine = window.WebChat.createDirectLine({
    domain,
    token,
    webSocket,
    ...(conversationId === remembered ? { conversationId } : {}),
    conversationStartProperties: { locale: navigator.language },
  });
  prepareSending(directLine, keepFresh(directLine, grant));
  if (conversationId !== remembered) sendOpening(directLine);
  return directLine;
}

/**
 * Sends nothing with an old token, and the person's own locale with everything: amounts are read by it, whatever
 * language the page speaks.
 * @param {DirectLine} directLine
 * @param {() => Promise<void>} freshen
 */
function prepareSending(directLine, freshen) {
  const post = directLine.postActivity.bind(directLine);
  directLine.postActivity = (activity) => ({
    subscribe(observer) {
      /** @type {{ unsubscribe(): void } | undefined} */
      let sending;
      freshen()
        .catch(() => undefined)
        .then(() => {
          sending = post({ ...activity, locale: navigator.language }).subscribe(observer);
        });
      return { unsubscribe: () => sending?.unsubscribe() };
    },
  });
}

/**
 * Whether a WebSocket to the server opens from here.
 * @param {string} streamUrl
 * @returns {Promise<boolean>}
 */
function canStream(streamUrl) {
  return new Promise((resolve) => {
    const socket = new WebSocket(streamUrl);
    const timer = setTimeout(() => settle(false), streamTimeoutMs);
    const settle = (/** @type {boolean} */ isOpen) => {
      clearTimeout(timer);
      resolve(isOpen);
      socket.close();
    };
    socket.onopen = () => settle(true);
    socket.onerror = () => settle(false);
  });
}

function recall() {
  try {
    return localStorage.getItem(storageKey) ?? undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} conversationId */
function remember(conversationId) {
  try {
    localStorage.setItem(storageKey, conversationId);
  } catch {
    // A browser that keeps nothing begins anew at the next visit.
  }
}
