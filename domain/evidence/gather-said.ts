import type { Tx } from '@/domain/transaction'

interface Whom {
  id: string
  carrierId: string
}

/** Public statements about what concerns the subscriber's carrier, notices for them, and what was sent to them, when; and their tickets, but for notes. */
export async function gatherSaid(db: Tx, { id: subscriberId, carrierId }: Whom) {
  const deliveries = await db.delivery.findMany({
    where: { subscriberId },
    include: { broadcast: true },
    orderBy: { id: 'asc' },
  })
  const told = (name: 'noticeId' | 'incidentId') => deliveries.flatMap(({ broadcast }) => broadcast[name] ?? [])
  const [incidents, notices, mails, tickets, answers, grants] = await Promise.all([
    db.incident.findMany({
      where: {
        OR: [{ carriers: { some: { carrierId } } }, { id: { in: told('incidentId') } }],
        status: { not: 'draft' },
      },
      include: { updates: { orderBy: { number: 'asc' } }, postmortems: { orderBy: { version: 'asc' } } },
      orderBy: { number: 'asc' },
    }),
    db.notice.findMany({
      where: {
        carrierId,
        publishedAt: { not: null },
        OR: [{ id: { in: told('noticeId') } }, { audience: { path: ['everyone'], equals: true } }],
      },
      orderBy: { number: 'asc' },
    }),
    db.message.findMany({ where: { subscriberId }, orderBy: { createdAt: 'asc' } }),
    db.ticket.findMany({
      where: { subscriberId },
      include: {
        entries: { where: { kind: { not: 'note' } }, orderBy: [{ at: 'asc' }, { id: 'asc' }] },
        items: { orderBy: { id: 'asc' } },
        merges: { orderBy: { id: 'asc' } },
        check: true,
        rating: true,
      },
      orderBy: { id: 'asc' },
    }),
    db.restoreAnswer.findMany({ where: { subscriberId }, orderBy: { requestId: 'asc' } }),
    db.compensationDecision.findMany({ where: { subscriberId }, orderBy: { id: 'asc' } }),
  ])
  return {
    incidents: incidents.map(one => ({
      id: one.id,
      slug: one.slug,
      titleEn: one.titleEn,
      titleFr: one.titleFr,
      statements: one.updates.map(
        ({ id, number, status, bodyEn, bodyFr, publishedAt, createdAt, nextUpdateBy, backfilled, corrects }) => {
          return { id, number, status, bodyEn, bodyFr, publishedAt, createdAt, nextUpdateBy, backfilled, corrects }
        },
      ),
      postmortems: one.postmortems.map(({ version, bodyEn, bodyFr, publishedAt }) => {
        return { version, bodyEn, bodyFr, publishedAt }
      }),
    })),
    notices: notices.map(
      ({ id, number, status, titleEn, titleFr, bodyEn, bodyFr, publishedAt, endedAt, correctsId }) => {
        return { id, number, status, titleEn, titleFr, bodyEn, bodyFr, publishedAt, endedAt, correctsId }
      },
    ),
    deliveries: deliveries.map(({ broadcast, ...one }) => ({
      what: broadcast.kind,
      statementId: broadcast.updateId,
      incidentId: broadcast.incidentId,
      noticeId: broadcast.noticeId,
      contentSha256: Buffer.from(broadcast.contentDigest).toString('hex'),
      channel: one.channel,
      language: one.language,
      status: one.status,
      reason: one.reason,
      createdAt: one.createdAt,
      settledAt: one.settledAt,
    })),
    mails: mails.map(({ id, template, requestId, entryId, createdAt, sentAt }) => {
      return { id, template, requestId, entryId, createdAt, sentAt }
    }),
    /** What was decided about compensation, by which version, on what, and since when it stands no more. */
    compensation: grants.map(({ id, carrierId: _, subscriberId: __, amount, ...one }) => {
      return { id, ...one, amount: amount === null ? null : String(amount) }
    }),
    /** What they said of a restore once it was over, and when they were asked. */
    restoreAnswers: answers.map(({ requestId, askedAt, verdict, answeredAt, ticketId }) => {
      return { requestId, askedAt, verdict, answeredAt, ticketId }
    }),
    tickets: tickets.map(({ id, reference, kind, subject, openedAt, entries, items, check, rating, merges }) => ({
      ...{ id, reference, kind, subject, openedAt },
      /** How the carrier made sure who asked, where somebody else opened it for them. */
      identityCheck: check && {
        ...{ kind: check.kind, note: check.note, reference: check.reference, madeAt: check.madeAt },
        ...{ recordedBy: check.recordedBy, recordedRole: check.recordedRole, recordedAt: check.recordedAt },
      },
      rating: rating && {
        ...{ score: rating.score, comment: rating.comment, givenAt: rating.givenAt, changedAt: rating.changedAt },
      },
      missing: items.map(({ category, file, ordinal, title }) => ({ category, file, ordinal, title })),
      merges: merges.map(({ id, intoId, mergedAt, unmergedAt }) => ({ id, intoId, mergedAt, unmergedAt })),
      entries: entries.map(({ id, kind, text, language, at, messageId, removedAt, removedReason }) => {
        return { id, kind, text, language, at, messageId, removedAt, removedReason }
      }),
    })),
  }
}
