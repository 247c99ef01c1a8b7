import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import type { EventKind } from '@/domain/events'
import { mayEver } from '@/domain/policy'
import { readTimeline } from '@/domain/restore/read-timeline'

/** What the forms of a request carry: the version that was shown, and the last event that was. */
export const seenFields = {
  version: z.coerce.number().int().min(1),
  seen: z.coerce.number().int().min(0).default(0),
}

/**
 * Runs a verb, and takes a refusal for success where the very next thing that happened since the page was shown is that
 * the same person did just this: the button was pressed twice.
 */
export async function actOnce(
  { actor, requestId, kind, seen }: { actor: Actor; requestId: string; kind: EventKind; seen: number },
  verb: () => Promise<unknown>,
): Promise<void> {
  try {
    await verb()
  } catch (error) {
    const late = error instanceof Refusal && (error.kind === 'stale' || error.kind === 'wrong-state')
    if (!late || seen === 0 || !mayEver(actor, 'timeline.read')) throw error
    const next = (await readTimeline(actor, requestId)).find(({ seq }) => seq > seen)
    if (next?.kind !== kind || !next.by.self) throw error
  }
}
