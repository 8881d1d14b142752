import type { Amount } from './understanding.js';

type Role = NonNullable<Amount['role']>;

/** How many characters around an amount may say what it is. */
const reach = 32;

const after: readonly [Role, RegExp][] = [
  [
    'free',
    /^\W{0,3}(?:of )?(?:storage |space |cloud |icloud )?(?:is |are |still )?(?:free|left|available|remaining|spare|to spare|empty|unused)\b/u,
  ],
  [
    'used',
    /^\W{0,3}(?:of )?(?:storage |space )?(?:is |are |has been |already )?(?:used|taken|full|in use|occupied|filled|gone)\b/u,
  ],
  [
    'needed',
    /^\W{0,3}(?:is |are )?(?:needed|required|short|too big|too large|more|backup|to back up|of backup|next backup)\b/u,
  ],
  [
    'total',
    /^\W{0,3}(?:of )?(?:icloud |google |storage |google one )?(?:in total|total|plan|altogether|capacity|subscription|phone|iphone|model|version|tier|account|limit|storage plan)\b/u,
  ],
];

const before: readonly [Role, RegExp][] = [
  ['free', /(?:free|left|available|remaining|spare)\W{0,3}(?:is |of |space |only |about |just )*$/u],
  [
    'used',
    /(?:used|using|uses|takes up|taking up|takes|filled|occupies|taken up)\W{0,3}(?:up |is |about |only |just |around |like )*$/u,
  ],
  [
    'needed',
    /(?:needs?|requires?|required|wants|asks for|asking for|next backup(?: size)?|backup size|backup|size)\W{0,3}(?:is |of |about |at least |around |another |like |an extra |only |just )*$/u,
  ],
  [
    'total',
    /(?:total|plan|capacity|out of|pay for|paying for|bought|upgraded to|have the|got the|of)\W{0,3}(?:is |of |the |my |a |about )*$/u,
  ],
];

/** What the words right after or right before an amount say it is; undefined when they do not. */
export function amountRole(textBefore: string, textAfter: string): Role | undefined {
  const right = textAfter.slice(0, reach);
  const left = textBefore.slice(-reach);
  const stated =
    after.find(([, pattern]) => pattern.test(right)) ?? before.find(([, pattern]) => pattern.test(left));
  return stated?.[0];
}
