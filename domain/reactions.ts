import type { EventKind, Happened } from '@/domain/events'
import type { NewBroadcast } from '@/domain/notification/add-broadcast'
import type { EntryMailKind, MailKind, NewMessage, TicketMailKind } from '@/domain/notification/add-message'
import type { NewStaffMessage, StaffMailKind } from '@/domain/notification/add-staff-message'
import { isWaitReason, waitReasons } from '@/domain/restore/wait-reason'
import type { NewTask } from '@/domain/tasks'

/** What follows from what happened: the one place that says so. Verbs say only what happened. */
const reactions: Partial<Record<EventKind, (happened: Happened) => NewTask[]>> = {
  'batch.found': happened => [
    { job: 'intake-batch', payload: { batchId: idOf(happened) }, carrierId: null, onceKey: happened.subject },
  ],
  'ticket.entry-removed': happened => {
    const entryId = textOf(happened, 'entryId')
    return [{ job: 'forget-files', payload: { entryId }, carrierId: happened.carrierId, onceKey: `files:${entryId}` }]
  },
  'batch.look-asked': () => [{ job: 'look-for-batches', payload: {}, carrierId: null, onceKey: 'look-for-batches' }],
  'incident.opened': happened => [...publish(), ...maintain(happened)],
  'incident.updated': happened => [...publish(), ...maintain(happened)],
  'incident.changed': publish,
  'incident.moved': happened => [...publish(), ...maintain(happened)],
  'incident.overran': publish,
  'promise.made': happened => [...publish(), ...watch(happened)],
  'promise.kept': publish,
  'promise.missed': publish,
  'wave.moved': publish,
  'advice.published': publish,
  'postmortem.published': publish,
  'root.published': publish,
  'component.added': publish,
  'component.changed': publish,
  'component.overridden': publish,
  'page.overridden': publish,
  'notice.scheduled': happened => [
    {
      job: 'publish-notice',
      payload: { noticeId: idOf(happened) },
      carrierId: happened.carrierId,
      onceKey: happened.subject,
      runAt: momentOf(happened, 'scheduledFor'),
    },
  ],
  'notice.published': publish,
  'notice.corrected': publish,
  'notice.withdrawn': publish,
  'subscription.asked': happened => [
    {
      job: 'send-confirmation',
      payload: { subscriptionId: idOf(happened) },
      carrierId: null,
      onceKey: `confirm:${idOf(happened)}`,
    },
  ],
  'delivery.retried': happened => {
    const broadcastId = idOf(happened)
    const { carrierId } = happened
    return [{ job: 'send-broadcast', payload: { broadcastId }, carrierId, onceKey: `send:${broadcastId}` }]
  },
  'erasure.approved': happened => {
    const erasureId = textOf(happened, 'erasureId')
    const runAt = momentOf(happened, 'dueAt')
    return [
      {
        job: 'erase-subscriber',
        payload: { erasureId },
        carrierId: happened.carrierId,
        onceKey: `erase:${erasureId}`,
        runAt,
      },
    ]
  },
  'code.sent': happened => {
    const codeId = textOf(happened, 'codeId')
    return [{ job: 'send-code', payload: { codeId }, carrierId: happened.carrierId, onceKey: `code:${codeId}` }]
  },
  'decision.asked': happened => {
    const decisionId = textOf(happened, 'decisionId')
    const runAt = momentOf(happened, 'expiresAt')
    const { carrierId } = happened
    return [{ job: 'expire-decision', payload: { decisionId }, carrierId, onceKey: `decision:${decisionId}`, runAt }]
  },
  'crossing.opened': happened => {
    const crossingId = textOf(happened, 'crossingId')
    const runAt = momentOf(happened, 'until')
    const { carrierId } = happened
    return [{ job: 'expire-crossing', payload: { crossingId }, carrierId, onceKey: `crossing:${crossingId}`, runAt }]
  },
  'crossing.refused': declineWhatCarriedIt,
  'crossing.ended': declineWhatCarriedIt,
  'decision.approved': happened => (happened.subject.startsWith('mass:') ? goThroughTargets(happened) : []),
  'mass.begun': goThroughTargets,
  'request.filed': askRules,
  'ticket.opened': askRulesOfQuestion,
  'rule.tried': tryRule,
  'rule.activated': tryRule,
  'compensation.tried': decideAll,
  'compensation.activated': decideAll,
  'request.approved': advance,
  'request.resumed': advance,
  'request.undo-asked': advance,
}

/** What the subscriber is told when something happens to a request, or to how their data is guarded. */
const mails: Partial<Record<EventKind, MailKind | EntryMailKind | TicketMailKind>> = {
  'account.added': 'account-added',
  'account.password-renewed': 'password-renewed',
  'code.sent': 'code-sent',
  'content.asked': 'content-asked',
  'content.viewed': 'content-viewed',
  'subscriber.locked': 'locked',
  'subscriber.unlocked': 'unlocked',
  'subscriber.frozen': 'frozen',
  'subscriber.thawed': 'thawed',
  'erasure.asked': 'erasure-asked',
  'erasure.approved': 'erasure-approved',
  'erasure.refused': 'erasure-refused',
  'erasure.withdrawn': 'erasure-withdrawn',
  'request.started': 'started',
  'request.filed': 'filed',
  'request.approved': 'approved',
  'request.declined': 'declined',
  'request.waiting': 'needs-you',
  'request.held': 'needs-you',
  'request.finished': 'finished',
  'request.asked-after': 'asked-after',
  'request.undone': 'undone',
  'request.undo-asked': 'undo-asked',
  'request.resumed': 'goes-on',
  'ticket.answered': 'answered',
  'ticket.asked': 'asked',
  'ticket.told': 'answered',
  'ticket.resolved': 'resolved',
  'ticket.changed': 'resolved',
  'crossing.asked': 'crossing-asked',
  'crossing.opened': 'crossing-consent',
  'crossing.consented': 'crossing-consented',
  'crossing.filed': 'crossing-waits',
  'crossing.refused': 'crossing-ended',
  'crossing.expired': 'crossing-ended',
  'crossing.ended': 'crossing-ended',
}

const factorMails: Record<string, MailKind | undefined> = {
  sim: 'sim-changed',
  address: 'address-changed',
  passkey: 'passkey-changed',
  'first-passkey': 'passkey-first',
}

const overwriteMails: Partial<Record<EventKind, MailKind>> = {
  'decision.asked': 'overwrite-asked',
  'decision.approved': 'overwrite-approved',
  'decision.refused': 'overwrite-ended',
  'decision.withdrawn': 'overwrite-ended',
  'decision.expired': 'overwrite-ended',
}

/** What the one of the two hears whose own request it is not. */
const crossingMails: Partial<Record<string, MailKind>> = {
  approved: 'crossing-approved',
  running: 'crossing-started',
  held: 'crossing-held',
  done: 'crossing-finished',
  undone: 'crossing-undone',
}

/** What is told where somebody else than the subscriber has done it for them, or with what they had filed. */
const doneForThem: Partial<Record<string, Partial<Record<EventKind, MailKind>>>> = {
  'on-behalf': { 'request.filed': 'filed-for', 'ticket.opened': 'opened-for' },
  split: { 'request.filed': 'split' },
}

const guards = new Set<unknown>(['frozen', 'locked', 'identity-changed', 'other-held'])

/** The message that follows, or null. What needs nothing of the subscriber is not written to them. */
export function mailThatFollows(happened: Happened): NewMessage | null {
  const { subscriberId, reason, known, after } = happened.data ?? {}
  const template = mailKindOf(happened)
  if (!template || happened.carrierId === null || typeof subscriberId !== 'string') return null
  // What froze, locked, changed or ended is told itself; and what the carrier's records named is no news.
  if (happened.kind === 'request.held' && guards.has(reason)) return null
  if (happened.kind === 'request.declined' && reason === 'crossing-over') return null
  // What waited for a server or a password goes on as it does by itself.
  if (happened.kind === 'request.resumed' && !guards.has(after)) return null
  if (happened.kind === 'account.added' && known === true) return null
  if (happened.kind === 'request.waiting' && isWaitReason(reason) && waitReasons[reason].needs !== 'subscriber')
    return null
  // Whoever was answered with it has read it there.
  if (template === 'resolved') {
    if (happened.data?.tell !== true) return null
    return { template, subscriberId, carrierId: happened.carrierId, requestId: null, ticketId: idOf(happened) }
  }
  const requestId = happened.subject.startsWith('request:') ? idOf(happened) : null
  const entryId = happened.data?.entryId
  const carries = typeof entryId === 'string' ? { entryId } : {}
  return { template, subscriberId, carrierId: happened.carrierId, requestId, ...carries }
}

/** What whoever works here is told about their own ways in, and about what they may do. */
const staffMails: Partial<Record<EventKind, StaffMailKind>> = {
  'passkey.added': 'passkey-added',
  'passkey.renamed': 'passkey-renamed',
  'passkey.revoked': 'passkey-revoked',
  'staff.recovery-asked': 'recovery-asked',
  'staff.recovery-approved': 'recovery-approved',
  'staff.recovery-refused': 'recovery-refused',
  'staff.role-changed': 'role-changed',
  'staff.sessions-ended': 'sessions-ended',
  'staff.left': 'left',
}

const releaseMails: Partial<Record<EventKind, StaffMailKind>> = {
  'decision.asked': 'release-asked',
  'decision.approved': 'release-approved',
  'decision.refused': 'release-refused',
  'decision.expired': 'release-expired',
}

/** The mails to members of staff that follow, one each. */
export function staffMailThatFollows(happened: Happened): NewStaffMessage[] {
  const { kind, carrierId, subject, data = {} } = happened
  if (data.what === 'wave-release') {
    const template = releaseMails[kind]
    const people = kind === 'decision.asked' ? data.told : [data.askedBy]
    if (!template || !Array.isArray(people)) return []
    return people.map(staffId => ({
      template,
      staffId: String(staffId),
      carrierId,
      decisionId: textOf(happened, 'decisionId'),
    }))
  }
  if (kind === 'ticket.noted') {
    const people = Array.isArray(data.mentions) ? data.mentions : []
    return people.map(staffId => ({ template: 'mentioned' as const, staffId, carrierId, ticketId: idOf(happened) }))
  }
  const template = staffMails[kind]
  return template && subject.startsWith('staff:') ? [{ template, staffId: idOf(happened), carrierId }] : []
}

function mailKindOf({ kind, data = {} }: Happened): MailKind | EntryMailKind | TicketMailKind | undefined {
  if (kind === 'factor.changed') return factorMails[String(data.factor)]
  if (kind === 'crossing.moved') return crossingMails[String(data.to)]
  const forThem = doneForThem[String(data.what)]?.[kind]
  if (forThem) return forThem
  return data.what === 'overwrite' ? overwriteMails[kind] : mails[kind]
}

/** The message to many that follows, or null: what was only corrected in the console tells nobody. */
export function broadcastThatFollows(happened: Happened): NewBroadcast | null {
  const { carrierId, data = {} } = happened
  const id = idOf(happened)
  if (data.tell !== true) return null
  switch (happened.kind) {
    case 'incident.opened':
    case 'incident.updated':
      return { kind: 'update', incidentId: id, updateId: textOf(happened, 'updateId'), carrierId: null }
    case 'postmortem.published':
      return { kind: 'postmortem', incidentId: id, carrierId: null }
    case 'notice.published':
      return { kind: 'notice', noticeId: id, carrierId }
    case 'notice.withdrawn':
      return { kind: 'notice-withdrawn', noticeId: id, carrierId }
    default:
      return null
  }
}

export function tasksThatFollow(happened: Happened): NewTask[] {
  return reactions[happened.kind]?.(happened) ?? []
}

function advance(happened: Happened): NewTask[] {
  const { runId, host } = happened.data ?? {}
  if (typeof runId !== 'string') throw new Error(`${happened.kind} names no run.`)
  return [
    {
      job: 'advance-run',
      payload: { runId },
      carrierId: happened.carrierId,
      onceKey: `run:${runId}`,
      ...(typeof host === 'string' ? { host } : {}),
    },
  ]
}

/** The request that would have put it there can be approved by nobody any more. */
function declineWhatCarriedIt({ carrierId, data }: Happened): NewTask[] {
  const requestId = data?.requestId
  if (typeof requestId !== 'string') return []
  return [{ job: 'decline-crossed', payload: { requestId }, carrierId, onceKey: `crossed:${requestId}` }]
}

/** Every ticket of an act on many. */
function goThroughTargets(happened: Happened): NewTask[] {
  const { carrierId, subject } = happened
  return [{ job: 'advance-mass-act', payload: { massActId: idOf(happened) }, carrierId, onceKey: subject }]
}

/** A version of a rule goes through what waits: to see what it would do, or to do it. */
function tryRule(happened: Happened): NewTask[] {
  const { carrierId } = happened
  const ruleRunId = textOf(happened, 'ruleRunId')
  return [{ job: 'advance-rule', payload: { ruleRunId }, carrierId, onceKey: `rule:${ruleRunId}` }]
}

/** What is easy is decided by a rule, where there is one. */
function askRules(happened: Happened): NewTask[] {
  const { carrierId, data } = happened
  // Rules were asked about it when it was whole, and a person has taken it apart since.
  if (data?.what === 'split') return []
  const requestId = idOf(happened)
  return [{ job: 'apply-rules', payload: { requestId }, carrierId, onceKey: `rules:${requestId}` }]
}

/** The same of what is no restore: it is tagged, raised, kept or given to the leads as it comes. */
function askRulesOfQuestion(happened: Happened): NewTask[] {
  const { carrierId } = happened
  const ticketId = idOf(happened)
  return [{ job: 'rule-on-question', payload: { ticketId }, carrierId, onceKey: `rules:${ticketId}` }]
}

/** A version of a carrier's rules goes through its subscribers: to see what it would grant, or to decide. */
function decideAll(happened: Happened): NewTask[] {
  const { carrierId } = happened
  const compensationRunId = textOf(happened, 'compensationRunId')
  const onceKey = `compensation:${compensationRunId}`
  return [{ job: 'advance-compensation', payload: { compensationRunId }, carrierId, onceKey }]
}

/** The whole page anew; asked for again while it is being written, it is written once more. */
function publish(): NewTask[] {
  return [{ job: 'publish-status', payload: {}, carrierId: null, onceKey: 'publish-status' }]
}

/** A maintenance begins and ends by itself. */
function maintain(happened: Happened): NewTask[] {
  if (happened.data?.kind !== 'maintenance') return []
  const incidentId = idOf(happened)
  return [{ job: 'run-maintenance', payload: { incidentId }, carrierId: null, onceKey: `maintenance:${incidentId}` }]
}

function watch(happened: Happened): NewTask[] {
  const promiseId = textOf(happened, 'promiseId')
  const runAt = momentOf(happened, 'dueAt')
  return [{ job: 'watch-promise', payload: { promiseId }, carrierId: null, onceKey: `promise:${promiseId}`, runAt }]
}

function textOf({ kind, data }: Happened, name: string): string {
  const value = data?.[name]
  if (typeof value !== 'string') throw new Error(`${kind} names no ${name}.`)
  return value
}

const momentOf = (happened: Happened, name: string): Date => new Date(textOf(happened, name))

const idOf = (happened: Happened): string => happened.subject.slice(happened.subject.indexOf(':') + 1)
