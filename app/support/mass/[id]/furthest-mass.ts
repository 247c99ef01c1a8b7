import type { MassProgressView } from '@/app/support/mass/[id]/mass-progress'

/** Counts never go back on the screen: an answer that was overtaken by another changes nothing. */
export const furthestOf = (before: MassProgressView, next: MassProgressView): MassProgressView =>
  next.dealt < before.dealt ? before : next
