import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { Query } from '@/app/_shell/page'
import { addressOf, listIn } from '@/app/support/queue-address'
import { readFilter } from '@/domain/triage/queue-filter'
import { saveView } from '@/domain/triage/save-view'

/** The list that the form was on, as its address was. */
function listOf(address: unknown) {
  const given = new Map<string, string[]>()
  const from =
    typeof address === 'string' && URL.canParse(address, 'http://here') ? new URL(address, 'http://here') : null
  for (const [name, value] of from?.searchParams ?? []) given.set(name, [...(given.get(name) ?? []), value])
  return listIn(new Query(Object.fromEntries(given)))
}

export const POST = formAction('/support/views/save', {
  input: z.object({
    list: z.string().max(2_000),
    name: z.string().default(''),
    shared: z.enum(['yes']).optional(),
  }),
  back: ({ list }) => (typeof list === 'string' && list.startsWith('/support?') ? list : '/support'),
  async act({ actor }, { list, name, shared }) {
    const { filter, newestFirst } = listOf(list)
    await saveView(actor, { name, filter, newestFirst, shared: shared === 'yes' })
    return addressOf(readFilter(filter), newestFirst, { done: 'kept' })
  },
})
