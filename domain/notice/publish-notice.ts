import type { Actor } from '@/domain/actor'
import { badInput, notFound, Refusal, wrongState } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { readAudience } from '@/domain/notice/audience'
import { countAudience, meansAnybody } from '@/domain/notice/count-audience'
import { type ShownNotice, shownNotice } from '@/domain/notice/notice-inputs'
import { refuseUnfinished } from '@/domain/notice/notice-problems'
import { noticeActions } from '@/domain/notice/notice-status'
import { moveNotice, noticeToChange, refuseAction } from '@/domain/notice/notice-to-change'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { reader, type Tx, transaction } from '@/domain/transaction'
import type { Notice } from '@/prisma/generated/client'

/** Of an audience that takes longer the size is not known when it is published: its deliveries tell. */
const countingTime = 20_000

/**
 * Makes an approved notice public and lets its audience be told. Everything is looked at once more: its words, its
 * audience, what it corrects. Published already, nothing happens. Throws Refusal "bad-input" at the field that is wrong.
 */
export async function publishNotice(actor: Actor, input: ShownNotice, now = new Date()): Promise<void> {
  const shown = parseInput(shownNotice, input)
  const before = await reader(actor).notice.findUnique({ where: { id: shown.noticeId } })
  authorize(actor, 'notice.decide', { carrierId: before?.carrierId ?? null, subscriberId: null }, 'notice')
  if (!before) throw notFound('notice')
  if (before.status === 'published') return
  refuseAction('publish', before)
  const people = await sizeOf(actor, before)
  await transaction(actor, async tx => {
    const notice = await noticeToChange(tx, actor, 'notice.decide', shown)
    if (notice.status === 'published') return
    refuseAction('publish', notice)
    // Sent back, edited and approved anew while its people were counted.
    if (notice.version !== before.version)
      throw new Refusal('stale', 'notice-changed', 'Somebody else changed the notice meanwhile.')
    refuseUnfinished(notice)
    if (people === 0) throw badInput('reach', 'audience-nobody', 'The audience means nobody.')
    const wrong = notice.correctsId === null ? null : await endCorrected(tx, actor, notice, now)
    // Whoever was told what was wrong is told what is right, also where nobody else is.
    const tell = notice.channels.length > 0 || (wrong?.channels.length ?? 0) > 0
    const data = { tell, people }
    await moveNotice(
      tx,
      actor,
      notice,
      'publish',
      { kind: 'notice.published', data, at: now },
      { publishedAt: now, audienceSize: people, scheduledFor: null, endReasonEn: null, endReasonFr: null },
    )
  })
}

/** Counted before anything is locked; the audience of what is approved does not change. */
async function sizeOf(actor: Actor, { audience: stored, carrierId, incidentId }: Notice): Promise<number | null> {
  const asked = { audience: readAudience(stored), carrierId, incidentId }
  const size = await countAudience(actor, asked, countingTime)
  if (size !== null) return size.people
  return (await meansAnybody(asked, countingTime)) === false ? 0 : null
}

/** The notice that this one puts right ends in the same moment, with the reason that the correction carried. */
async function endCorrected(tx: Tx, actor: Actor, by: Notice, now: Date): Promise<Notice> {
  const wrong = await noticeToChange(tx, actor, 'notice.decide', { noticeId: by.correctsId! })
  if (wrong.status !== 'published')
    throw wrongState('corrected-ended', `What this notice corrects is ${wrong.status} meanwhile.`)
  await tx.notice.update({
    where: { id: wrong.id },
    data: {
      status: noticeActions.correct.to,
      endedAt: now,
      endReasonEn: by.endReasonEn,
      endReasonFr: by.endReasonFr,
      version: { increment: 1 },
    },
  })
  const { id, carrierId } = wrong
  const data = { correctedBy: by.id }
  await recordEvent(tx, actor, { subject: `notice:${id}`, kind: 'notice.corrected', carrierId, data }, now)
  return wrong
}
