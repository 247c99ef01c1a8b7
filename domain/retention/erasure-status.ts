import type { ErasureStatus } from '@/prisma/generated/enums'

/** Days between the second person's word and the erasure, in which it can be taken back. */
export const waitDays = 7

/** What may be done with an erasure, in which state, and the state that follows. The guards and the buttons read this. */
export const erasureActions = {
  approve: { from: ['asked'], to: 'approved' },
  refuse: { from: ['asked', 'approved'], to: 'refused' },
  withdraw: { from: ['asked', 'approved'], to: 'withdrawn' },
  begin: { from: ['approved'], to: 'running' },
  finish: { from: ['running'], to: 'done' },
} as const satisfies Record<string, { from: readonly ErasureStatus[]; to: ErasureStatus }>

export type ErasureAction = keyof typeof erasureActions

export const allowsErasure = (action: ErasureAction, status: ErasureStatus): boolean =>
  (erasureActions[action].from as readonly ErasureStatus[]).includes(status)

/** Why one that is due does not begin yet, or was refused by the portal itself. Keys of messages. */
export const erasureReasons = ['run-under-way', 'frozen', 'legal-hold'] as const
export type ErasureReason = (typeof erasureReasons)[number]

export const isErasureReason = (text: string | null): text is ErasureReason =>
  (erasureReasons as readonly (string | null)[]).includes(text)
