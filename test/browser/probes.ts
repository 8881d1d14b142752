import { source as checker } from 'axe-core';
import type { Frame } from 'playwright-core';

/** Violations of WCAG 2.2 A and AA in a page or frame as it stands, with the element of each. */
export function violationsIn(frame: Frame): Promise<string[]> {
  return frame.evaluate<string[]>(`(async () => {
    if (!window.axe) { ${checker} }
    const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + ' ' + target.join(' ')));
  })()`);
}

/** What sticks out of the window sideways, or is cut off in its own box. */
export function cutOffIn(frame: Frame): Promise<string[]> {
  return frame.evaluate<string[]>(`[...document.querySelectorAll('body *')].filter((one) => {
    const { left, right, width } = one.getBoundingClientRect();
    // What only screen readers find is a point in size; Web Chat folds up its help until it has the focus.
    if (width <= 1 || one.closest('.webchat__keyboard-help') !== null) return false;
    const isCut = one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible';
    return left < -1 || right > innerWidth + 1 || isCut;
  }).map(({ className, textContent }) => className + ': ' + textContent)`);
}

/** Lets every message of the chat move, by a rule as those of Web Chat are. */
export function addMotionTo(frame: Frame): Promise<void> {
  return frame.evaluate<void>(`(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('.webchat__bubble { animation: 1s infinite sway; transition: all 1s }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  })()`);
}

/** Everything that moves or may begin to: animations and transitions, in shadow trees too. */
export function motionIn(frame: Frame): Promise<string[]> {
  return frame.evaluate<string[]>(`(() => {
    const all = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
    return all(document.body).filter((one) => {
      const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(one);
      return animationName !== 'none' || scrollBehavior === 'smooth' || parseFloat(transitionDuration) > 0;
    }).map(({ className }) => String(className));
  })()`);
}

/** Keeps what live regions are given from now on, for `announcedIn`. */
export function listenIn(frame: Frame): Promise<void> {
  return frame.evaluate<void>(`(() => {
    window.announced = [];
    const isLive = (node) => !['off', undefined].includes(node.parentElement?.closest('[aria-live]')?.ariaLive);
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes) if (isLive(node)) window.announced.push(node.textContent);
    }).observe(document.body, { childList: true, subtree: true });
  })()`);
}

/** What live regions said since `listenIn`. */
export function announcedIn(frame: Frame): Promise<string> {
  return frame.evaluate<string>('window.announced.join(" ")');
}
