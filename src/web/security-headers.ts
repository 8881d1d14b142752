/** Web Chat's scroll view adds one empty style element without the nonce and fills it by script: hash of nothing. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** Whom a page may reach beside this server, and who may show it in a frame. */
interface Allowed {
  nonce: string;
  reachable: readonly string[];
  framedBy: readonly string[];
}

/** What the page may do: load and reach nothing but this server and `reachable`, and be framed by nobody but `framedBy`. */
export function securityHeaders({ nonce, reachable, framedBy }: Allowed): Record<string, string> {
  const policy = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    // Web Chat puts its style sheets into the page itself and marks them with the nonce.
    'style-src': ["'self'", `'nonce-${nonce}'`, emptyStyle],
    // Some of its own pictures are blobs.
    'img-src': ["'self'", 'blob:', 'data:'],
    // Not every browser counts WebSockets as 'self'.
    'connect-src': ["'self'", ...reachable],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': framedBy.length === 0 ? ["'none'"] : framedBy,
  };
  return {
    'Content-Security-Policy': Object.entries(policy)
      .map(([name, sources]) => `${name} ${sources.join(' ')}`)
      .join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    ...(framedBy.length === 0 ? { 'X-Frame-Options': 'DENY' } : {}),
  };
}
