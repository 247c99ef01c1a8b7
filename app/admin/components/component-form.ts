import { z } from 'zod'
import { boxes, orNone } from '@/app/admin/incidents/form-fields'
import { oneLineReason, title } from '@/domain/incident/incident-inputs'

export const componentShape = {
  nameEn: title,
  nameFr: title,
  descriptionEn: orNone(title),
  descriptionFr: orNone(title),
  groupId: orNone(z.uuid('group-unknown')),
  onlyShowIfDegraded: boxes.transform(chosen => chosen.includes('yes')),
}

export const reasons = { reasonEn: orNone(oneLineReason), reasonFr: orNone(oneLineReason) }

/** The reason that everybody reads, each in their language: neither may be left out. */
export function bothReasons(
  { reasonEn, reasonFr }: { reasonEn: string | null; reasonFr: string | null },
  ctx: z.RefinementCtx,
): { reasonEn: string; reasonFr: string } {
  for (const [name, reason] of Object.entries({ reasonEn, reasonFr }))
    if (reason === null) ctx.addIssue({ code: 'custom', path: [name], message: 'reason-missing' })
  return { reasonEn: reasonEn ?? '', reasonFr: reasonFr ?? '' }
}

/** A word that replaces what is derived, with its reason in both languages; empty goes back to what is derived. */
export const overrideForm = <Status extends string>(statuses: readonly [Status, ...Status[]], code: string) =>
  z
    .object({
      status: z.union([z.literal('').transform(() => null), z.enum(statuses)], code),
      ...reasons,
    })
    .transform(({ status, ...reason }, ctx) =>
      status === null
        ? { override: false as const }
        : { override: true as const, status: status as Status, ...bothReasons(reason, ctx) },
    )
