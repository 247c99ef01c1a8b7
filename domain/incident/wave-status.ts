import type { WaveStatus } from '@/prisma/generated/enums'

/** Where a category of an incident may stand, in the order that it usually takes. Any may follow any: things come back. */
export const waveStatuses = [
  'not_scheduled',
  'validating',
  'scheduled',
  'releasing',
  'released',
  'paused',
  'not_recoverable',
] as const satisfies readonly WaveStatus[]

const givingOut: readonly WaveStatus[] = ['releasing', 'released']

/** Whether the step begins to give recovered data out: that takes two people. Every other step takes one. */
export const beginsRelease = (from: WaveStatus, to: WaveStatus): boolean =>
  !givingOut.includes(from) && givingOut.includes(to)
