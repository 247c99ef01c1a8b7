import { z } from 'zod'
import type { NoticeStatus } from '@/app/carrier/notice-words'
import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { findNotice } from '@/domain/notice/find-notice'

/** What the forms of a notice carry: the version that was shown. */
export const shownVersion = { version: z.coerce.number().int().min(1) }

/**
 * Runs a verb, and takes a refusal for success where the very next version is in the state that was asked for: the button
 * was pressed twice.
 */
export async function actOnce(
  actor: Actor,
  { noticeId, version, to }: { noticeId: string; version: number; to: NoticeStatus },
  verb: () => Promise<unknown>,
): Promise<void> {
  try {
    await verb()
  } catch (error) {
    const late = error instanceof Refusal && (error.kind === 'stale' || error.kind === 'wrong-state')
    if (!late) throw error
    const now = await findNotice(actor, noticeId)
    if (now.status !== to || now.version !== version + 1) throw error
  }
}
