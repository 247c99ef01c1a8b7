import type { Advice } from '@/domain/incident/advice'
import type { Both, PublicIncident, PublicUpdate, PublicWave } from '@/domain/incident/public-status'
import type { RequestStatus } from '@/prisma/generated/enums'

/** An incident as the public reads it, and how one subscriber fares in it. Statements are HTML in one language. */
export interface OwnIncident extends Omit<PublicIncident, 'updates' | 'waves' | 'advice' | 'postmortems'> {
  /** The newest first. */
  updates: (Omit<PublicUpdate, 'body'> & { html: string })[]
  /** Names of the components that its statements speak of. */
  components: { id: string; name: Both }[]
  /** What holds for this person; null where nothing is advised. */
  advice: Advice | null
  /** What held for them, or for somebody like them, before; the newest first. */
  earlierAdvice: Advice[]
  /** Whether what was learnt is written down: on the public page. */
  lookedBack: boolean
  /** In the order of categories. Empty for a maintenance, which loses nobody's data. */
  categories: OwnCategory[]
  /** Requests for what it lost that are not over, the newest first. */
  open: OwnRequest[]
}

export interface OwnRequest {
  id: string
  reference: string
  status: RequestStatus
}

/** Counts are records of this person's newest usable holding from the incident's batches. */
export interface OwnCategory extends Omit<PublicWave, 'updatedAt'> {
  /** The same words as in the overview of everything recovered. */
  standing: 'ready' | 'checking' | 'nothing' | 'none'
  holdingId: string | null
  complete: number
  partial: number
  damaged: number
  /** Known before the incident; null = unknown. */
  expected: number | null
  /** Known before and in no backup; null where nobody knows how many there were. */
  notFound: number | null
  asOf: Date | null
  /** How many records finished restores left in accounts, each counted once, and the newest of them; null where none did. */
  back: { records: number; request: OwnRequest } | null
  /** The newest unfinished one that asks for it; `planned` is null while it is not known. */
  underWay: { settled: number; planned: number | null; request: OwnRequest } | null
}
