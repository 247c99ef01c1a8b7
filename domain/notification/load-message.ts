import type { Advice } from '@/domain/incident/advice'
import { adviceOfSubscriber } from '@/domain/incident/find-own-advice'
import { isGuardMail, type RequestMailKind } from '@/domain/notification/add-message'
import { mailAddress } from '@/domain/notification/load-told'
import { categories } from '@/domain/record/category'
import { isWaitReason, type WaitReason } from '@/domain/restore/wait-reason'
import { reader } from '@/domain/transaction'
import { ruleWorker } from '@/domain/triage/rules/action'
import type { Category, Language } from '@/prisma/generated/enums'

/** Everything a message is made from: who it goes to, and the counts it tells. Read when it is sent, not when it was decided. */
export interface LoadedMessage {
  id: string
  subscriberId: string
  carrierId: string
  template: RequestMailKind
  to: string
  name: string | null
  language: Language
  carrier: string
  requestId: string
  reference: string
  /** Of the request that it was a part of; null: of none. */
  splitFrom: string | null
  filedAt: Date
  declineReason: string | null
  /** A rule has approved it, and no person. */
  byRule: boolean
  waitReason: WaitReason | null
  undoUntil: Date | null
  categories: {
    category: Category
    expected: number | null
    found: number
    partial: number
    damaged: number
    skipped: number
    failed: number
  }[]
  undone: { removed: number; putBack: number; spared: number; failed: number }
  /** What holds for them because of each open incident. */
  advice: Advice[]
}

/** Null where it has been sent, or where there is nobody to send it to any more. */
export async function loadMessage(messageId: string): Promise<LoadedMessage | null> {
  const message = await reader('every-carrier').message.findUnique({ where: { id: messageId } })
  if (!message || message.sentAt || !message.requestId || isGuardMail(message.template)) return null
  const request = await reader('every-carrier').restoreRequest.findUnique({
    where: { id: message.requestId },
    include: {
      subscriber: { include: { carrier: { select: { name: true } } } },
      items: true,
      splitFrom: { select: { reference: true } },
      runs: { include: { categories: true }, orderBy: { createdAt: 'desc' } },
      answer: { select: { verdict: true } },
    },
  })
  if (!request) return null
  // Whoever has answered meanwhile, or is taking it back, is not asked.
  const isAsked = request.status === 'done' && request.answer?.verdict === null
  if (message.template === 'asked-after' && !isAsked) return null
  const holdings = await reader('every-carrier').holding.findMany({
    where: { id: { in: request.items.map(one => one.holdingId) } },
  })
  const restore = request.runs.find(run => run.kind === 'restore')
  const undo = request.runs.find(run => run.kind === 'undo')
  const undone = { removed: 0, putBack: 0, spared: 0, failed: 0 }
  for (const row of undo?.categories ?? []) {
    const counts = row.counts as Record<string, number>
    for (const key of Object.keys(undone) as (keyof typeof undone)[]) undone[key] += counts[key] ?? 0
  }
  const { subscriber } = request
  const to = await mailAddress(subscriber.email, message.changeId)
  if (to === null) return null
  return {
    id: message.id,
    subscriberId: subscriber.id,
    carrierId: subscriber.carrierId,
    template: message.template as RequestMailKind,
    to,
    name: subscriber.name,
    language: subscriber.language,
    carrier: subscriber.carrier.name,
    requestId: request.id,
    reference: request.reference,
    splitFrom: request.splitFrom?.reference ?? null,
    filedAt: request.filedAt,
    declineReason: request.declineReason,
    byRule: request.decidedBy === ruleWorker,
    waitReason: isWaitReason(request.waitReason) ? request.waitReason : null,
    undoUntil: request.undoUntil,
    categories: categories.flatMap(category => {
      const mine = holdings.filter(one => one.category === category)
      if (mine.length === 0) return []
      const row = restore?.categories.find(one => one.category === category)
      const counts = (row?.counts ?? {}) as Record<string, number>
      const sum = (of: (one: (typeof mine)[number]) => number) => mine.reduce((total, one) => total + of(one), 0)
      const expected = mine.find(one => one.expected !== null)?.expected ?? null
      return [
        {
          category,
          expected,
          found: row?.planned ?? sum(one => one.complete + one.partial + one.damaged),
          partial: sum(one => one.partial),
          damaged: sum(one => one.damaged),
          skipped: counts.skipped ?? 0,
          failed: counts.failed ?? 0,
        },
      ]
    }),
    undone,
    advice: await adviceOfSubscriber('every-carrier', { carrierId: subscriber.carrierId, subscriberId: subscriber.id }),
  }
}

/** Notes that a message was sent, and which advice its reader was shown with it. */
export async function noteSent({ id, subscriberId, carrierId, advice }: LoadedMessage): Promise<void> {
  await reader('every-carrier').message.updateMany({ where: { id, sentAt: null }, data: { sentAt: new Date() } })
  const shown = advice.map(({ id: adviceId }) => ({ adviceId, subscriberId, carrierId, place: 'mail' }))
  await reader('every-carrier').adviceShown.createMany({ data: shown, skipDuplicates: true })
}
