import { z } from 'zod'
import type { Query } from '@/app/_shell/page'
import { readWhich } from '@/app/support/mass/which-incident'
import { categories } from '@/domain/record/category'
import { declineReasons } from '@/domain/restore/restore-inputs'
import { macroText } from '@/domain/triage/macro-inputs'
import { type BegunKind, begunKinds, type MassWhat } from '@/domain/triage/mass/mass-what'
import { formKey, resolveReasons } from '@/domain/triage/ticket-inputs'

/** Of which tickets, as an address and a form carry it: a filter of the queue in JSON, or an incident and perhaps a wave. */
export interface WhoseFields {
  filter?: string | undefined
  of?: string | undefined
  part?: string | undefined
}

/** `which`: an incident or a wave, chosen as one value. */
export function whoseIn(query: Query): WhoseFields {
  const which = query.one('which')
  if (which !== undefined) {
    const { incidentId, waveCategory } = readWhich(which)
    return { of: incidentId, part: waveCategory ?? undefined }
  }
  return { filter: query.one('filter'), of: query.one('of'), part: query.one('part') }
}

export const isSaid = ({ filter, of }: WhoseFields): boolean => filter !== undefined || of !== undefined

/** The page of the form. */
export function newPath(whose: WhoseFields, more: Record<string, string> = {}): string {
  const pairs = Object.entries({ ...whose, ...more }).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return `/support/mass/new?${new URLSearchParams(pairs)}`
}

type Whose =
  | { filter: Record<string, unknown> }
  | { incidentId: string; waveCategory: (typeof categories)[number] | null }

/** Which tickets were meant; null: nothing that there is. */
export function readWhose({ filter, of, part }: WhoseFields): Whose | null {
  if (of) {
    const incidentId = z.uuid().safeParse(of)
    if (!incidentId.success) return null
    return { incidentId: incidentId.data, waveCategory: categories.find(one => one === part) ?? null }
  }
  try {
    const read = z.record(z.string(), z.unknown()).safeParse(JSON.parse(filter ?? ''))
    return read.success ? { filter: read.data } : null
  } catch {
    // No JSON: no filter.
    return null
  }
}

export const kindIn = (given: string | undefined): BegunKind | null => begunKinds.find(one => one === given) ?? null

const text = z.string().default('')
const common = { filter: z.string().max(4_000).optional(), of: text, part: text, key: formKey }
const noText = (given: unknown) => (typeof given === 'string' && given.trim() === '' ? undefined : given)

/** What the form of each act holds. Messages are codes. */
export const massForm = z.discriminatedUnion(
  'act',
  [
    z.object({ act: z.literal('reply'), ...common, textEn: macroText, textFr: macroText }),
    z.object({ act: z.literal('approve'), ...common }),
    z.object({
      ...{ act: z.literal('decline'), ...common, reason: z.enum(declineReasons, 'decline-reason-missing') },
      note: z.string().trim().max(1_000, 'note-long').default(''),
    }),
    z.object({ act: z.literal('tag'), ...common, tag: text }),
    z.object({ act: z.literal('untag'), ...common, tag: text }),
    z.object({
      ...{ act: z.literal('link'), ...common },
      which: z
        .string()
        .transform(readWhich)
        .pipe(z.object({ incidentId: z.uuid('incident-missing'), waveCategory: z.enum(categories).nullable() })),
    }),
    z.object({
      ...{ act: z.literal('resolve'), ...common, reason: z.enum(resolveReasons, 'resolve-reason-missing') },
      textEn: z.preprocess(noText, macroText.optional()),
      textFr: z.preprocess(noText, macroText.optional()),
    }),
  ],
  'act-unknown',
)
export type MassForm = z.output<typeof massForm>

export function whatOf(form: MassForm): MassWhat {
  switch (form.act) {
    case 'decline':
      return { act: 'decline', reason: form.reason, note: form.note }
    case 'tag':
    case 'untag':
      return { act: form.act, tag: form.tag }
    case 'link':
      return { act: 'link', ...form.which }
    case 'resolve':
      return { act: 'resolve', reason: form.reason }
    default:
      return { act: form.act }
  }
}
