import type { Actor } from '@/domain/actor'
import { findDecision } from '@/domain/decision/find-decisions'
import { Refusal } from '@/domain/errors'

/** Runs a verb, and takes "it is over" for success where it is so because the same person did just this: pressed twice. */
export async function actOnce(
  actor: Actor,
  { decisionId, to }: { decisionId: string; to: 'approved' | 'refused' | 'withdrawn' },
  verb: () => Promise<unknown>,
): Promise<void> {
  try {
    await verb()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'decision-over') throw error
    const { status, asked, ended } = await findDecision(actor, decisionId)
    const isOwn = to === 'withdrawn' ? asked.self : ended?.by?.self === true
    if (status !== to || !isOwn) throw error
  }
}
