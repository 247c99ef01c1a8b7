import { dataRoute } from '@/app/_shell/data-route'
import { framedMail } from '@/app/_shell/framed-mail'
import { mailById } from '@/app/_shell/sent-mail'
import { notFound } from '@/domain/errors'

/** A mail's HTML for its frame. */
export const GET = dataRoute('/demo/mail/[mail]/body', async (visit, { params }) => {
  const mail = visit.demonstration ? await mailById(params.mail ?? '') : null
  if (mail === null) throw notFound('mail')
  return framedMail(mail.html)
})
