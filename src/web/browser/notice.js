const parts = ['opening', 'failed', 'retry'].map(find);

/** Shows these parts of the notice and hides the others; without any the notice is gone. */
export function showNotice(/** @type {string[]} */ ...ids) {
  for (const part of parts) part.hidden = !ids.includes(part.id);
}

/** Calls `again` whenever the person asks for another attempt. */
export function onRetry(/** @type {() => void} */ again) {
  find('retry').addEventListener('click', again);
}

/** The element of this id, which page.html has. */
export function find(/** @type {string} */ id) {
  const element = document.getElementById(id);
  if (element === null) throw new RangeError(`page.html has no #${id}`);
  return element;
}
