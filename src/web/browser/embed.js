{
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const origin = new URL(script.src).origin;
  const words = { open: '[[embedOpen]]', close: '[[embedClose]]' };
  const { position = 'right', colour, title = words.open } = script.dataset;
  const storageKey = 'backup-medic-open';

  /** What the page knows already; the server checks each value. */
  const openingContext = () => {
    const { platform, vendor, service, errorText, locale } = script.dataset;
    const known = Object.entries({ platform, vendor, service, errorText, locale }).filter(
      ([, value]) => value,
    );
    return JSON.stringify(Object.fromEntries(known));
  };

  /**
   * @template {keyof HTMLElementTagNameMap} Name
   * @param {Name} name
   * @param {string} classes
   * @param {string} [text]
   */
  const element = (name, classes, text) => {
    const made = document.createElement(name);
    if (classes !== '') made.className = classes;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  const look = `
    :host { all: initial; --ground: #0b6e67; --ink: #fff; }
    * { box-sizing: border-box; }
    button { font: 600 16px/1.2 system-ui, sans-serif; cursor: pointer; border: 0; color: var(--ink); background: var(--ground); }
    button:focus-visible, iframe:focus-visible { outline: 3px solid #b45309; outline-offset: 2px; }
    .open { position: fixed; z-index: 2147483000; inset-block-end: 16px; min-height: 48px; max-width: calc(100vw - 32px);
      padding: 12px 20px; border-radius: 24px; box-shadow: 0 2px 12px rgb(0 0 0 / 30%); }
    .panel { position: fixed; z-index: 2147483001; inset-block-end: 16px; display: flex; flex-direction: column;
      width: min(400px, calc(100vw - 32px)); height: min(680px, calc(100dvh - 32px)); overflow: hidden;
      border-radius: 16px; border: 1px solid #6d8683; background: Canvas; box-shadow: 0 8px 32px rgb(0 0 0 / 35%); }
    .bar { display: flex; align-items: center; justify-content: space-between; padding-inline-start: 16px;
      font: 600 16px/1.2 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
    .bar button { width: 48px; height: 48px; font-size: 24px; }
    .bar button:focus-visible { outline-offset: -4px; outline-color: var(--ink); }
    iframe { flex: 1; width: 100%; border: 0; }
    [hidden] { display: none; }
    .right { right: 16px; } .left { left: 16px; }
    @media (max-width: 480px), (max-height: 480px) { .panel { inset: 0; width: 100%; height: 100dvh; border: 0; border-radius: 0; } }
    @media (prefers-reduced-motion: no-preference) { .panel { animation: rise 0.15s ease-out; } }
    @keyframes rise { from { transform: translateY(12px); opacity: 0; } }`;

  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  // A constructed sheet needs no exception from the page's Content-Security-Policy.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look);
  root.adoptedStyleSheets = [sheet];

  const side = position === 'left' ? 'left' : 'right';
  const opener = element('button', `open ${side}`, title);
  opener.setAttribute('aria-expanded', 'false');
  const panel = element('div', `panel ${side}`);
  panel.hidden = true;
  panel.setAttribute('role', 'dialog');
  panel.setAttribute('aria-label', title);
  const bar = element('div', 'bar', title);
  const closer = element('button', '', '×');
  closer.setAttribute('aria-label', words.close);
  bar.append(closer);
  panel.append(bar);
  root.append(opener, panel);
  /**
   * Takes the colour, with black or white for what stands on it, whichever reads better.
   * @param {string} given
   */
  const paint = (given) => {
    host.style.setProperty('--ground', given);
    const probe = element('span', '');
    probe.style.color = given;
    root.append(probe);
    const parts = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
    probe.remove();
    const [red = 0, green = 0, blue = 0] = parts.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    host.style.setProperty('--ink', (light + 0.05) / 0.05 > 1.05 / (light + 0.05) ? '#000' : '#fff');
  };

  /** @type {HTMLIFrameElement | undefined} */
  let frame;

  /** @param {boolean} isOpen */
  const show = (isOpen) => {
    panel.hidden = !isOpen;
    opener.hidden = isOpen;
    opener.setAttribute('aria-expanded', String(isOpen));
    try {
      sessionStorage.setItem(storageKey, String(isOpen));
    } catch {
      // Where nothing is kept, the next page shows the button.
    }
  };

  /** @param {boolean} isAsked whether the person asked for it, and so goes there */
  const open = (isAsked) => {
    if (frame === undefined) {
      frame = document.createElement('iframe');
      frame.title = title;
      frame.src = `${origin}/embed#${encodeURIComponent(openingContext())}`;
      panel.append(frame);
    }
    show(true);
    if (isAsked) frame.focus();
  };

  const close = () => {
    const hadFocus = root.activeElement !== null;
    show(false);
    if (hadFocus) opener.focus();
  };

  const wasOpen = () => {
    try {
      return sessionStorage.getItem(storageKey) === 'true';
    } catch {
      return false;
    }
  };

  opener.addEventListener('click', () => open(true));
  closer.addEventListener('click', close);
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  window.addEventListener('message', (event) => {
    if (
      event.origin === origin &&
      event.source === frame?.contentWindow &&
      event.data === 'backup-medic:close'
    )
      close();
  });

  const start = () => {
    document.body.append(host);
    if (colour && CSS.supports('color', colour)) paint(colour);
    if (wasOpen() || script.dataset.open === 'true') open(false);
  };
  if (document.body === null) document.addEventListener('DOMContentLoaded', start);
  else start();
}
