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
