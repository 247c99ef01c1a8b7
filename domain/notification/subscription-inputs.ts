import { z } from 'zod'
import { badInput } from '@/domain/errors'
import type { Tx } from '@/domain/transaction'

export const channels = ['mail', 'sms', 'push', 'webhook'] as const
const topicKinds = ['incident', 'component', 'carrier'] as const

/** What somebody wants to hear of: everything, or "incident:<id>", "component:<id>", "carrier:<id>" of their choice. */
export const wishInput = z.object({
  language: z.enum(['en', 'fr']).default('en'),
  everything: z.boolean().default(true),
  topics: z
    .array(
      z
        .string('topic-unknown')
        .regex(/^(incident|component|carrier):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'topic-unknown'),
    )
    .max(100, 'topic-unknown')
    .default([]),
})
export type Wish = z.output<typeof wishInput>

export interface Topic {
  kind: (typeof topicKinds)[number]
  targetId: string
}

/** The topics that are meant, each once. Throws Refusal where one is not there, or none was chosen. */
export async function topicsOf(tx: Tx, { everything, topics }: Wish): Promise<Topic[]> {
  if (everything) return []
  const named = [...new Set(topics)].map(text => {
    const [kind = '', targetId = ''] = text.split(':')
    return { kind: kind as Topic['kind'], targetId }
  })
  if (named.length === 0) throw badInput('topics', 'topics-missing', 'Nothing was chosen.')
  const ids = (kind: Topic['kind']) => named.filter(one => one.kind === kind).map(({ targetId }) => targetId)
  const known =
    (await tx.incident.count({ where: { id: { in: ids('incident') }, status: { not: 'draft' } } })) +
    (await tx.component.count({ where: { id: { in: ids('component') }, isGroup: false, removedAt: null } })) +
    (await tx.carrier.count({ where: { id: { in: ids('carrier') } } }))
  if (known < named.length) throw badInput('topics', 'topic-unknown', 'Something that was chosen is not there.')
  return named
}
