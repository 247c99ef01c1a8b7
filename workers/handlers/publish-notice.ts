import { Refusal } from '@/domain/errors'
import { publishDueNotice } from '@/domain/notice/publish-due-notice'
import type { Handle } from '@/workers/handler'

/** Publishes a notice at the time it is scheduled for. What cannot be published stays with the people who look after stuck work. */
export const handle: Handle<{ noticeId: string }> = async ({ noticeId }, services) => {
  try {
    const next = await publishDueNotice(noticeId, services.now())
    return next === null ? undefined : { again: next }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    services.log.warn({ noticeId, code: error.code }, 'A scheduled notice was not published')
    // Somebody changed it in this moment: what it has become is looked at again.
    if (error.kind === 'stale') return { again: services.now() }
    return { failed: { code: error.code, retryAt: null } }
  }
}
