import { z } from 'zod'
import type { ConflictRule } from '@/prisma/generated/enums'

/** What a subscriber may ask for. That the recovered record wins is for two people of support to decide. */
export const askedRules = ['keep_both', 'merge', 'keep_current'] as const satisfies readonly ConflictRule[]
export type AskedRule = (typeof askedRules)[number]

/** What a subscriber says when asking for data back. Ids are checked again against what is theirs. */
export const fileRequestInput = z.object({
  subscriberId: z.uuid(),
  accountId: z.uuid(),
  holdingIds: z.array(z.uuid()).min(1).max(20),
  rule: z.enum(askedRules),
  choices: z
    .array(
      z.object({
        holdingId: z.uuid(),
        ordinal: z.int().min(0),
        leaveOut: z.boolean().default(false),
        rule: z.enum(askedRules).nullable().default(null),
      }),
    )
    .max(10_000)
    .default([]),
  /** Made once for each form: the same key files one request, however often it is sent. */
  filingKey: z.string().min(8).max(100),
})
export type FileRequestInput = z.input<typeof fileRequestInput>

export const declineReasons = ['not-verified', 'wrong-account', 'asked-twice', 'data-in-doubt', 'other'] as const
/** Why one may be declined: nobody chooses the last, which says that what it carried from one person to another has ended. */
export const declinedBecause = [...declineReasons, 'crossing-over'] as const

export const declineInput = z.object({
  requestId: z.uuid(),
  version: z.int().optional(),
  reason: z.enum(declineReasons),
  note: z.string().trim().max(2_000).default(''),
})
export type DeclineInput = z.input<typeof declineInput>

export const approveInput = z.object({ requestId: z.uuid(), version: z.int().optional() })
export type ApproveInput = z.input<typeof approveInput>
