import type { Visit } from '@/app/_shell/visit'
import type { Standing } from '@/app/_ui/icon'
import type { RequestView } from '@/domain/restore/find-requests'
import type { TimelineEntry } from '@/domain/restore/read-timeline'
import { declinedBecause } from '@/domain/restore/restore-inputs'
import { isWaitReason, waitReasons } from '@/domain/restore/wait-reason'
import type { NamedRule } from '@/domain/rule-names'
import { holdReasons } from '@/domain/triage/rules/action'

export type RequestStatus = RequestView['status']

/** The shape of each state in lists of states. A waiting request is told more closely by {@link stateOf}. */
export const requestStandings: Record<RequestStatus, Standing> = {
  filed: 'wait',
  approved: 'wait',
  running: 'busy',
  waiting: 'you',
  held: 'bad',
  done: 'ok',
  undone: 'gone',
  declined: 'gone',
}

/** A request's state as staff read it: of what waits they must know whom it waits for. */
export function stateOf({ t }: Visit, request: RequestView): { standing: Standing; word: string } {
  const { status, waitReason } = request
  if (status !== 'waiting') return { standing: requestStandings[status], word: t(`support.states.${status}`) }
  const needs = waitReason === null ? 'nobody' : waitReasons[waitReason].needs
  if (needs === 'support') return { standing: 'you', word: t('support.states.waitsSupport') }
  if (needs === 'subscriber') return { standing: 'wait', word: t('support.states.waitsSubscriber') }
  return { standing: 'wait', word: t('support.states.waitsNobody') }
}

/** In a few words what there is to know about a request in its state. */
export function whyHere(visit: Visit, request: RequestView): string {
  const { t } = visit
  const { status, waitReason, categories, holdings } = request
  switch (status) {
    case 'filed':
      return conditionOf(visit, holdings)
    case 'approved':
      return t('support.why.beginning')
    case 'running': {
      const planned = categories.reduce((sum, one) => sum + (one.planned ?? 0), 0)
      const settled = categories.reduce((sum, one) => sum + one.settled, 0)
      return planned === 0 ? t('support.why.beginning') : t('support.why.progress', { settled, planned })
    }
    case 'waiting':
    case 'held':
      return waitReason === null ? '' : t(`support.waits.${waitReason}`)
    case 'done': {
      const count = (...outcomes: string[]) =>
        categories.reduce((sum, one) => sum + outcomes.reduce((part, name) => part + (one.counts[name] ?? 0), 0), 0)
      const failed = count('failed')
      const restored = t('support.why.restored', { count: count('created', 'merged', 'keptBoth') })
      return failed === 0 ? restored : `${restored}, ${t('support.why.failed', { count: failed })}`
    }
    case 'declined':
      return declineWords(visit, request.declineReason)
    case 'undone':
      return t('support.why.undone')
  }
}

function conditionOf({ t }: Visit, holdings: { partial: number; damaged: number }[]): string {
  const partial = holdings.reduce((sum, one) => sum + one.partial, 0)
  const damaged = holdings.reduce((sum, one) => sum + one.damaged, 0)
  const said = [
    ...(damaged > 0 ? [t('support.why.damaged', { count: damaged })] : []),
    ...(partial > 0 ? [t('support.why.partial', { count: partial })] : []),
  ]
  return said.length === 0 ? t('support.why.complete') : said.join(', ')
}

export function declineWords({ t }: Visit, code: string | null): string {
  const reason = declinedBecause.find(one => one === code) ?? 'other'
  return t(`reasons.declineForSupport.${reason}`)
}

const told = [
  'filed',
  'half-approved',
  'approved',
  'declined',
  'started',
  'waiting',
  'held',
  'resumed',
  'hold-ended',
  'finished',
  'undo-asked',
  'undone',
] as const

const afterwards = ['asked-after', 'looks-right', 'missing-said'] as const
const ofDecisions = ['asked', 'approved', 'refused', 'withdrawn', 'expired'] as const

/** One event of a timeline as a sentence without its full stop. */
export function eventInWords(visit: Visit, entry: TimelineEntry): string {
  const { t } = visit
  const { kind, by, what, reason, clock } = entry
  if (entry.rule !== null) return ruleInWords(visit, entry, entry.rule)
  const who = by.self ? t('support.case.by.you') : (by.name ?? strangerWords(visit, by.role))
  if (kind === 'ticket.breached' && clock !== null) return t(`service.breached.${clock}`)
  if (kind === 'request.split') return t('behalf.events.split', { who })
  const event = told.find(one => `request.${one}` === kind)
  if (event === undefined) {
    const after = afterwards.find(one => `request.${one}` === kind)
    if (after !== undefined) return t(`after.events.${after}`)
    const decided = ofDecisions.find(one => `decision.${one}` === kind)
    if (decided !== undefined && what === 'cross-account') return t(`decisions.crossingEvents.${decided}`, { who })
    return decided === undefined ? t('support.case.otherEvent', { who }) : t(`decisions.events.${decided}`, { who })
  }
  if (event === 'filed' && what === 'cross-account') return t('crossings.ask.filedBy')
  if (event === 'filed' && what === 'on-behalf') return t('behalf.events.filed', { who })
  if (event === 'filed' && what === 'split') return t('behalf.events.splitOff', { who })
  const why = isWaitReason(reason) ? t(`support.waits.${reason}`) : declineWords(visit, reason)
  return t(`support.case.events.${event}`, { who, reason: why })
}

const ruledChanges = ['tag', 'priority', 'link', 'escalate'] as const

/** What a rule did, by its name and version. */
export function ruleInWords(
  { t }: Visit,
  { kind, what, reason }: Pick<TimelineEntry, 'kind' | 'what' | 'reason'>,
  { name, version }: NamedRule,
): string {
  const rule = { name: name ?? '', version: String(version) }
  if (kind === 'request.approved') return t('rules.events.approved', rule)
  const why = holdReasons.find(one => one === reason)
  if (why !== undefined) return t('rules.events.hold', { ...rule, reason: t(`rules.reasons.${why}`) })
  return t(`rules.events.${ruledChanges.find(one => one === what) ?? 'tag'}`, rule)
}

function strangerWords({ t }: Visit, role: TimelineEntry['by']['role']): string {
  if (role === 'subscriber' || role === 'system') return t(`support.case.by.${role}`)
  return t('support.case.by.staff')
}
