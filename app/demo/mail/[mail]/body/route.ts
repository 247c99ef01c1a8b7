import { dataRoute } from '@/app/_shell/data-route'
import { mailById } from '@/app/_shell/sent-mail'
import { notFound } from '@/domain/errors'

/**
 * A mail's HTML for its frame, an origin of its own: nothing in it runs, loads or is sent. Scripts are forbidden by the
 * policy, not by the sandbox, so that tools which test a page can look into the frame.
 */
export const GET = dataRoute('/demo/mail/[mail]/body', async (visit, { params }) => {
  const mail = visit.demonstration ? await mailById(params.mail ?? '') : null
  if (mail === null) throw notFound('mail')
  return new Response(mail.html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-scripts allow-popups allow-top-navigation-by-user-activation",
      'x-frame-options': 'SAMEORIGIN',
    },
  })
})
