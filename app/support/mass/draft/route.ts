import { formAction } from '@/app/_shell/form-action'
import { massForm, newPath, readWhose, whatOf } from '@/app/support/mass/mass-form'
import { badInput } from '@/domain/errors'
import { draftAct, draftReply } from '@/domain/triage/mass/draft-mass-act'

const one = (given: unknown): string => (typeof given === 'string' ? given : '')

export const POST = formAction('/support/mass/draft', {
  input: massForm,
  most: 512 * 1024,
  back: ({ filter, of, part, act }) =>
    newPath({ filter: one(filter), of: one(of), part: one(part) }, { act: one(act) }),
  async act({ actor }, form) {
    const whose = readWhose(form)
    if (whose === null) throw badInput('act', 'unknown-filter', 'It is not said whose tickets are meant.')
    const { key: askingKey } = form
    if (form.act === 'reply') {
      const { textEn, textFr } = form
      const { massActId } = await draftReply(actor, { whose, textEn, textFr, askingKey })
      return `/support/mass/${massActId}`
    }
    const said = form.act === 'resolve' ? saidIn(form) : null
    const { massActId } = await draftAct(actor, { whose, what: whatOf(form), said, askingKey })
    return `/support/mass/${massActId}`
  },
})

/** Both languages, or nothing. */
function saidIn({ textEn, textFr }: { textEn?: string | undefined; textFr?: string | undefined }) {
  if (textEn === undefined && textFr === undefined) return null
  if (textEn === undefined) throw badInput('textEn', 'text-missing', 'The English text is missing.')
  if (textFr === undefined) throw badInput('textFr', 'text-missing', 'The French text is missing.')
  return { textEn, textFr }
}
