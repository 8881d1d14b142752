/** Inside the frame of another page: Escape gives the person back to it. */
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  window.parent.postMessage('backup-medic:close', '*');
});
