const api = `${location.origin}/v3/directline`;
const storageKey = 'backup-medic-conversation';
const requestTimeoutMs = 20_000;
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
  const { conversationId, token, streamUrl } = grant;
  const webSocket = await canStream(streamUrl);
  remember(conversationId);
  const directLine = window.WebChat.createDirectLine({
    domain: api,
    token,
    webSocket,
    ...(conversationId === remembered ? { conversationId } : {}),
    conversationStartProperties: { locale: navigator.language },
  });
  return withLocale(directLine);
}

/**
 * A token for the conversation, or a new one's; nothing when it belongs to another browser.
 * @param {string} [conversationId]
 */
async function requestToken(conversationId) {
  const response = await fetch(`${api}/tokens/generate`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ conversationId }),
    signal: AbortSignal.timeout(requestTimeoutMs),
  });
  if (conversationId !== undefined && response.status === 403) return undefined;
  if (!response.ok) throw new Error(`tokens/generate: ${response.status}`);
  return await response.json();
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

/**
 * Sends the person's own locale along: amounts are read by it, whatever language the page speaks.
 * @param {DirectLine} directLine
 */
function withLocale(directLine) {
  const post = directLine.postActivity.bind(directLine);
  directLine.postActivity = (activity) => post({ ...activity, locale: navigator.language });
  return directLine;
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
