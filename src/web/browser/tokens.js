const requestTimeoutMs = 20_000;
/** A token that ends this soon is not begun with. */
const marginMs = 60_000;

/** Where the product's own Direct Line is. */
export const api = `${location.origin}/v3/directline`;

/**
 * A token for the conversation, or for a new one; nothing when the conversation is not this browser's.
 * @param {string} [conversationId]
 * @returns {Promise<Grant | undefined>}
 */
export async function requestToken(conversationId) {
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
 * Gives `directLine` a new token whenever its own has ended, as after a night's sleep; its own clock stands still
 * meanwhile.
 * @param {DirectLine} directLine
 * @param {Grant} grant
 * @returns {() => Promise<void>} call it before anything is sent
 */
export function keepFresh(directLine, grant) {
  let endsAt = endOf(grant);
  return async () => {
    if (Date.now() < endsAt - marginMs) return;
    const renewed = await requestToken(grant.conversationId);
    if (renewed === undefined) return;
    directLine.reconnect(renewed);
    endsAt = endOf(renewed);
  };
}

/** @param {Grant} grant */
function endOf(grant) {
  return Date.now() + grant.expires_in * 1000;
}
