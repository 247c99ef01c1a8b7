import { validate as isUuid } from 'uuid'
import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { missingChoices } from '@/app/account/questions/missing-choices'
import type { Actor } from '@/domain/actor'
import { badInput, notFound } from '@/domain/errors'
import { findRequest } from '@/domain/restore/find-requests'
import { openQuestion } from '@/domain/triage/open-question'
import { entryText, formKey, type NewItem, questionKinds, ticketSubject } from '@/domain/triage/ticket-inputs'

const many = z.union([z.string(), z.array(z.string())]).optional()

/** Opens the question; pressed twice, it opens one. */
export const POST = formAction('/account/questions/new/open', {
  input: z.object({
    kind: z.enum(questionKinds, { error: 'kind-missing' }),
    about: z.uuid({ error: 'request-missing' }).optional(),
    items: many,
    subject: ticketSubject,
    text: entryText,
    key: formKey,
  }),
  most: 512 * 1024,
  back: ({ kind, about }) => {
    const known = questionKinds.find(one => one === kind)
    const query = new URLSearchParams({ ...(known && { kind: known }), ...(isUuid(about) && { about: String(about) }) })
    return `/account/questions/new?${query}`
  },
  async act({ actor, language }, { kind, about, items, subject, text, key: openingKey }) {
    if (actor.role !== 'subscriber') throw notFound('subscriber')
    const isMissing = kind === 'missing_records'
    if (isMissing && about === undefined) throw badInput('about', 'request-missing', 'No restore is named.')
    const aboutRequestId = isMissing && about !== undefined ? about : null
    const named = aboutRequestId === null ? [] : await itemsOf(actor, aboutRequestId, [items ?? []].flat())
    const { subscriberId } = actor
    const asked = { subscriberId, kind, subject, text, language, aboutRequestId, items: named, openingKey }
    const { id, joined } = await openQuestion(actor, asked)
    return `/account/questions/${id}?done=${joined ? 'added' : 'opened'}`
  },
})

/** What was marked, as the report itself names it: a form could say anything. */
async function itemsOf(actor: Actor, requestId: string, marked: string[]): Promise<NewItem[]> {
  const { choices } = await missingChoices(actor, await findRequest(actor, requestId))
  const wanted = new Set(marked)
  return choices.flatMap(({ value, item }) => (wanted.has(value) ? [item] : []))
}
