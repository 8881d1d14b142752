/** How Web Chat looks: the page's own colours, which follow the light or dark mode by themselves. */
export const look = {
  primaryFont: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontSizeSmall: '0.8125rem',
  accent: 'var(--brand)',
  subtle: 'var(--quiet)',
  backgroundColor: 'var(--surface)',
  paddingRegular: 12,
  paddingWide: 20,

  hideUploadButton: true,
  timestampColor: 'var(--quiet)',
  autoScrollSnapOnPage: true,
  sendTimeout: 20_000,
  typingAnimationBackgroundImage: 'url(/web/typing.svg)',
  typingAnimationHeight: 24,
  typingAnimationWidth: 56,
  // The usual ones are moving pictures, which go on moving for whoever wants less motion.
  spinnerAnimationBackgroundImage: 'url(/web/typing.svg)',
  spinnerAnimationHeight: 12,
  spinnerAnimationWidth: 28,

  bubbleBackground: 'var(--raised)',
  bubbleBorderColor: 'var(--line)',
  bubbleBorderRadius: 16,
  bubbleTextColor: 'var(--text)',
  bubbleMaxWidth: 560,
  bubbleMinWidth: 0,
  bubbleFromUserBackground: 'var(--mine)',
  bubbleFromUserBorderColor: 'var(--mine)',
  bubbleFromUserBorderRadius: 16,
  bubbleFromUserTextColor: 'var(--on-mine)',

  // On a phone one below the other, so that no button is cut off or out of sight.
  suggestedActionLayout: matchMedia('(min-width: 40rem)').matches ? 'flow' : 'stacked',
  suggestedActionsStackedLayoutButtonTextWrap: true,
  suggestedActionsStackedLayoutButtonMaxHeight: 96,
  suggestedActionHeight: 44,
  suggestedActionBorderRadius: 12,
  suggestedActionBorderWidth: 1,
  suggestedActionBorderColor: 'var(--brand)',
  suggestedActionBackgroundColor: 'var(--surface)',
  suggestedActionTextColor: 'var(--brand-deep)',
  suggestedActionBackgroundColorOnHover: 'var(--raised)',
  suggestedActionBackgroundColorOnActive: 'var(--line)',
  suggestedActionKeyboardFocusIndicatorBorderColor: 'var(--focus)',
  suggestedActionKeyboardFocusIndicatorBorderRadius: 9,
  suggestedActionKeyboardFocusIndicatorBorderWidth: 2,

  sendBoxHeight: 56,
  sendBoxBackground: 'var(--surface)',
  sendBoxTextColor: 'var(--text)',
  sendBoxPlaceholderColor: 'var(--quiet)',
  sendBoxTextWrap: true,
  sendBoxMaxHeight: 160,
  sendBoxBorderTop: 'solid 1px var(--line)',
  sendBoxButtonColor: 'var(--brand)',
  sendBoxButtonColorOnDisabled: 'var(--line-strong)',
  sendBoxButtonShadeColorOnActive: 'var(--line)',
  sendBoxButtonShadeColorOnHover: 'var(--raised)',
  sendBoxButtonShadeColorOnDisabled: 'transparent',
  sendBoxButtonShadeBorderRadius: 12,
  sendBoxButtonShadeInset: 6,
  sendBoxButtonKeyboardFocusIndicatorBorderColor: 'var(--focus)',
  sendBoxButtonKeyboardFocusIndicatorBorderRadius: 10,
  sendBoxButtonKeyboardFocusIndicatorBorderWidth: 2,

  notificationText: 'var(--quiet)',
  toastErrorBackgroundColor: 'var(--danger-soft)',
  toastErrorColor: 'var(--danger)',
  toastWarnBackgroundColor: 'var(--raised)',
  toastWarnColor: 'var(--text)',
  toastInfoBackgroundColor: 'var(--raised)',
  toastInfoColor: 'var(--text)',
  toastSeparatorColor: 'var(--line)',
  failedConnectivity: 'var(--danger)',
  transcriptActivityVisualKeyboardIndicatorColor: 'var(--focus)',
  transcriptVisualKeyboardIndicatorColor: 'var(--focus)',
};

/**
 * Leaves out "just now" below every message; that one is on its way, or did not arrive, is still shown.
 * @returns {(next: (args: { sendState: string }) => unknown) => (args: { sendState: string }) => unknown}
 */
export function statusOnlyWhenUnsent() {
  return (next) => (args) => (args.sendState === 'sent' ? false : next(args));
}
