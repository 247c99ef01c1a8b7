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

/** A word that replaces what is derived, with its reason; empty goes back to what is derived. */
export const overrideForm = <Status extends string>(statuses: readonly [Status, ...Status[]], code: string) =>
  z
    .object({
      status: z.union([z.literal('').transform(() => null), z.enum(statuses)], code),
      reason: orNone(oneLineReason),
    })
    .refine(one => one.status === null || one.reason !== null, { path: ['reason'], error: 'reason-missing' })
    .transform(({ status, reason }) =>
      status === null
        ? { override: false as const }
        : { override: true as const, status: status as Status, reason: reason ?? '' },
    )
