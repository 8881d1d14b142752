/** Colours of text on every ground; good and attention colour the key to the storage bar alone. */
const colors = {
  default: 'var(--text)',
  dark: 'var(--text)',
  light: 'var(--text)',
  accent: 'var(--brand-deep)',
  good: 'var(--good-strong)',
  warning: 'var(--text)',
  attention: 'var(--danger)',
};
const foregroundColors = Object.fromEntries(
  Object.entries(colors).map(([name, color]) => [
    name,
    { default: color, subtle: color === 'var(--text)' ? 'var(--quiet)' : color },
  ]),
);

/** How Adaptive Cards look: the page's own colours, which follow the light or dark mode by themselves. */
export const cardLook = {
  supportsInteractivity: true,
  fontFamily: 'inherit',
  fontSizes: { small: 14, default: 16, medium: 16, large: 18, extraLarge: 22 },
  fontWeights: { lighter: 400, default: 400, bolder: 650 },
  lineHeights: { small: 20, default: 24, medium: 24, large: 26, extraLarge: 30 },
  // Bars are columns of two paddings' height; page.css gives the other containers more room.
  spacing: { small: 6, default: 10, medium: 14, large: 20, extraLarge: 28, padding: 5 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  containerStyles: {
    default: { backgroundColor: 'transparent', foregroundColors },
    emphasis: { backgroundColor: 'var(--well)', foregroundColors },
    accent: { backgroundColor: 'var(--brand)', foregroundColors },
    good: { backgroundColor: 'var(--good-soft)', foregroundColors },
    warning: { backgroundColor: 'var(--warning-soft)', foregroundColors },
    attention: { backgroundColor: 'var(--danger)', foregroundColors },
  },
  actions: { actionsOrientation: 'vertical', actionAlignment: 'stretch', buttonSpacing: 8, maxActions: 10 },
};
