import { dataRoute } from '@/app/_shell/data-route'
import { framedMail } from '@/app/_shell/framed-mail'
import { previewedMail, previewFor } from '@/app/carrier/notices/[id]/preview/placeholder-person'
import { notFound } from '@/domain/errors'

/** The HTML of a notice's mail in the language asked for, for its frame. */
export const GET = dataRoute('/carrier/notices/[id]/preview/mail', async ({ actor }, { params, query }) => {
  const { languages } = await previewFor(actor, params.id ?? '')
  const wanted = languages.find(({ language }) => language === query.one('language'))
  if (wanted === undefined) throw notFound('mail')
  return framedMail((await previewedMail(wanted)).html)
})
