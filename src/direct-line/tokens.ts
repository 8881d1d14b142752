import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const header = encode({ alg: 'HS256', typ: 'JWT' });

const claimsSchema = z.object({
  /** What it opens: a conversation, one stream of it, or a new token for a returning visitor. */
  use: z.enum(['chat', 'stream', 'visitor']),
  /** The page's client reads the user id from this claim and then sends no other. */
  user: z.string().regex(/^dl_[\w-]{22}$/),
  conversation: z.string(),
  /** The origin of the page it was given to: streams are opened there. */
  origin: z.string(),
  /** End of validity, seconds since 1970. */
  exp: z.number(),
});

/** What a token says. */
export type Claims = z.infer<typeof claimsSchema>;

/** What a token is worth now. */
export type Checked = { status: 'valid'; claims: Claims } | { status: 'expired' | 'forged' };

/** A JSON Web Token (HS256) that carries `claims`; readable to everybody, made only with `secret`. */
export function signToken(claims: Claims, secret: string): string {
  const body = `${header}.${encode(claims)}`;
  return `${body}.${signature(body, secret).toString('base64url')}`;
}

/** Checks signature, use and age of `token`; `now` in milliseconds. */
export function checkToken(
  token: string,
  use: Claims['use'],
  { secret, now }: { secret: string; now: number },
): Checked {
  const [head, payload, signed, ...rest] = token.split('.');
  if (head !== header || payload === undefined || signed === undefined || rest.length > 0)
    return { status: 'forged' };
  if (!isSame(Buffer.from(signed, 'base64url'), signature(`${head}.${payload}`, secret)))
    return { status: 'forged' };
  const claims = claimsSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  if (!claims.success || claims.data.use !== use) return { status: 'forged' };
  return claims.data.exp * 1000 <= now ? { status: 'expired' } : { status: 'valid', claims: claims.data };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signature(text: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(text).digest();
}

function isSame(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
