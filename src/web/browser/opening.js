/**
 * Tells the bot what the page around the chat knows, before the person writes.
 * @param {DirectLine} directLine
 */
export function sendOpening(directLine) {
  const value = openingContext();
  if (value === undefined) return;
  directLine.postActivity({ type: 'event', name: 'openingContext', value }).subscribe({ error() {} });
}

/**
 * The context that the embedding page put behind the address; nothing when there is none.
 * @returns {object | undefined}
 */
function openingContext() {
  try {
    const value = JSON.parse(decodeURIComponent(location.hash.slice(1)));
    return typeof value === 'object' && value !== null && Object.keys(value).length > 0 ? value : undefined;
  } catch {
    return undefined;
  }
}
