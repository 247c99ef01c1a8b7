import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { type ShownNotice, shownNotice } from '@/domain/notice/notice-inputs'
import { moveNotice, noticeToChange, refuseAction, wroteIt } from '@/domain/notice/notice-to-change'
import { writersOf } from '@/domain/notice/notice-writers'
import { parseInput } from '@/domain/parse-input'
import { may } from '@/domain/policy'
import { transaction } from '@/domain/transaction'

/** Gives up a draft, for whoever wrote in it or approves for the carrier. Its row stays with its words, for nobody to read but staff. */
export async function discardNotice(actor: Actor, input: ShownNotice, now = new Date()): Promise<void> {
  const shown = parseInput(shownNotice, input)
  await transaction(actor, async tx => {
    const notice = await noticeToChange(tx, actor, 'notice.write', shown)
    refuseAction('discard', notice)
    const approves = may(actor, 'notice.decide', { carrierId: notice.carrierId, subscriberId: null })
    if (!approves && !wroteIt(actor, await writersOf(notice, tx)))
      throw new Refusal('not-allowed', 'not-own-draft', 'A draft is discarded by its author or an approver.')
    const happened = { kind: 'notice.discarded', data: { version: notice.version }, at: now } as const
    // A correction's reason speaks of the notice that holds on: kept here it would read as why this one ended.
    await moveNotice(tx, actor, notice, 'discard', happened, { endedAt: now, endReasonEn: null, endReasonFr: null })
  })
}
