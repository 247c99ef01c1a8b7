/**
 * A mail's HTML for its frame, an origin of its own: nothing in it runs, loads or is sent. Scripts are forbidden by the
 * policy, not by the sandbox, so that tools which test a page can look into the frame. Its addresses are among those that
 * the proxy leaves without our own policy.
 */
export function framedMail(html: string): Response {
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-scripts allow-popups allow-top-navigation-by-user-activation",
      'x-frame-options': 'SAMEORIGIN',
    },
  })
}
