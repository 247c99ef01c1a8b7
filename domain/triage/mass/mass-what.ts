import { z } from 'zod'
import type { PolicyVerb } from '@/domain/policy'
import { categories } from '@/domain/record/category'
import { declineReasons } from '@/domain/restore/restore-inputs'
import { reopenReasons, resolveReasons } from '@/domain/triage/ticket-inputs'
import type { MassActKind } from '@/prisma/generated/enums'

/** What is done to each of many tickets. Messages of the schema are codes: screens have the sentence for each. */
export const massWhat = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('reply') }),
  z.strictObject({ act: z.literal('approve') }),
  z.strictObject({
    act: z.literal('decline'),
    reason: z.enum(declineReasons, 'decline-reason-missing'),
    note: z.string().trim().max(1_000, 'note-long'),
  }),
  z.strictObject({ act: z.literal('tag'), tag: z.string() }),
  z.strictObject({ act: z.literal('untag'), tag: z.string() }),
  z.strictObject({
    act: z.literal('link'),
    incidentId: z.uuid('incident-missing'),
    waveCategory: z.enum(categories, 'wave-missing').nullable(),
  }),
  z.strictObject({ act: z.literal('unlink'), incidentId: z.uuid('incident-missing') }),
  z.strictObject({ act: z.literal('resolve'), reason: z.enum(resolveReasons, 'resolve-reason-missing') }),
  /** `resolved`: only those that were resolved for this. */
  z.strictObject({
    act: z.literal('reopen'),
    reason: z.enum(reopenReasons),
    resolved: z.enum(resolveReasons),
  }),
])
export type MassWhat = z.output<typeof massWhat>

/** What a row holds. Throws where it holds something else. */
export const storedWhat = (stored: unknown): MassWhat => massWhat.parse(stored)

/** What people begin by themselves; the others take something back. */
export const begunKinds = ['reply', 'approve', 'decline', 'tag', 'untag', 'link', 'resolve'] as const
export type BegunKind = (typeof begunKinds)[number]

/** Which verb an act on many asks for. */
export const verbOf = (kind: MassWhat['act']): PolicyVerb & `mass.${string}` =>
  kind === 'reply' ? 'mass.reply' : 'mass.act'

/** Which say something to the subscriber. */
export const speaks = (kind: MassActKind): boolean => kind === 'reply' || kind === 'resolve'

/** What takes an act back; null where nothing does. */
export function inverseOf(what: MassWhat): MassWhat | null {
  switch (what.act) {
    case 'tag':
      return { act: 'untag', tag: what.tag }
    case 'untag':
      return { act: 'tag', tag: what.tag }
    case 'link':
      return { act: 'unlink', incidentId: what.incidentId }
    case 'resolve':
      return { act: 'reopen', reason: 'by-mistake', resolved: what.reason }
    default:
      return null
  }
}
