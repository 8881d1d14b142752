/** Web Chat's scroll view adds one empty style element without the nonce and fills it by script: hash of nothing. */
const emptyStyle = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";

/** What the page may do: load and reach nothing but this server, and be framed by nobody. */
export function securityHeaders(nonce: string, streamOrigins: readonly string[]): Record<string, string> {
  const policy = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    // Web Chat puts its style sheets into the page itself and marks them with the nonce.
    'style-src': ["'self'", `'nonce-${nonce}'`, emptyStyle],
    // Some of its own pictures are blobs.
    'img-src': ["'self'", 'blob:', 'data:'],
    // Not every browser counts WebSockets as 'self'.
    'connect-src': ["'self'", ...streamOrigins],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  };
  return {
    'Content-Security-Policy': Object.entries(policy)
      .map(([name, sources]) => `${name} ${sources.join(' ')}`)
      .join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  };
}
