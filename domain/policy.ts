import type { Actor, Role } from '@/domain/actor'
import { notFound, Refusal } from '@/domain/errors'

/**
 * How far a role's right to a verb reaches.
 * own: the subscriber's own objects. carrier: the staff member's carrier (every carrier for the installation's own staff).
 * any: objects of no carrier, and everything else; for a carrier's staff no more than their carrier.
 */
export type Reach = 'own' | 'carrier' | 'any'

const everybody = {
  anonymous: 'any',
  subscriber: 'any',
  support_agent: 'any',
  support_lead: 'any',
  carrier_author: 'any',
  carrier_approver: 'any',
  incident_manager: 'any',
  administrator: 'any',
  auditor: 'any',
  system: 'any',
} as const

/**
 * The one table of who may do what. A verb that is missing for a role is refused. What was said of an incident is public,
 * and read without asking.
 */
export const policy = {
  /** The console of incidents, with what is not public yet: drafts, alarms, who was told. */
  'incident.console': { incident_manager: 'any', administrator: 'any', auditor: 'any', system: 'any' },
  'incident.manage': { incident_manager: 'any', system: 'any' },
  'component.manage': { incident_manager: 'any', administrator: 'any', system: 'any' },
  'status.publish': { system: 'any' },

  'notice.read': {
    carrier_author: 'carrier',
    carrier_approver: 'carrier',
    administrator: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },
  'notice.write': { carrier_author: 'carrier', carrier_approver: 'carrier', system: 'any' },
  /** Approve, send back, schedule, publish, withdraw: never what one wrote oneself. */
  'notice.decide': { carrier_approver: 'carrier', system: 'any' },
  'delivery.read': {
    carrier_author: 'carrier',
    carrier_approver: 'carrier',
    incident_manager: 'any',
    administrator: 'any',
    auditor: 'any',
    system: 'any',
  },
  'delivery.retry': { carrier_approver: 'carrier', incident_manager: 'any', administrator: 'any', system: 'any' },
  'suppression.manage': { carrier_approver: 'carrier', administrator: 'any', system: 'any' },
  /** Anybody may ask to be told, and shows by a link that the address is theirs. */
  'subscription.make': everybody,
  'subscription.manage': { administrator: 'any', system: 'any' },

  'subscriber.read': {
    subscriber: 'own',
    support_agent: 'carrier',
    support_lead: 'carrier',
    administrator: 'any',
    auditor: 'any',
    system: 'any',
  },
  /** In which language they are written to. */
  'subscriber.choose-language': { subscriber: 'own', system: 'any' },
  'subscriber.add': { administrator: 'any', system: 'any' },
  'carrier.add': { administrator: 'any', system: 'any' },
  'staff.add': { administrator: 'any', system: 'any' },
  'staff.list': { administrator: 'any', auditor: 'any', system: 'any' },
  /** Whom a mail address belongs to: the sign-in asks, no person does. */
  'mailbox.read': { system: 'any' },

  'holding.list': {
    subscriber: 'own',
    support_agent: 'carrier',
    support_lead: 'carrier',
    administrator: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },
  /** What was recovered for whoever asks. */
  'overview.read': { subscriber: 'own' },
  'record.read': { subscriber: 'own', system: 'any' },
  'record.download': { subscriber: 'own' },

  'account.list': { subscriber: 'own', support_agent: 'carrier', support_lead: 'carrier', system: 'any' },
  'account.add': { subscriber: 'own', system: 'any' },
  'account.inspect': { subscriber: 'own', system: 'any' },
  'account.renew-password': { subscriber: 'own', system: 'any' },

  'request.file': { subscriber: 'own', system: 'any' },
  /** A subscriber's own; staff have the queue. */
  'request.list': { subscriber: 'own' },
  'request.read': {
    subscriber: 'own',
    support_agent: 'carrier',
    support_lead: 'carrier',
    administrator: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },
  /** The console: a subscriber's own requests are elsewhere. */
  'queue.read': {
    support_agent: 'carrier',
    support_lead: 'carrier',
    administrator: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },
  'request.approve': { support_agent: 'carrier', support_lead: 'carrier', system: 'any' },
  'request.decline': { support_agent: 'carrier', support_lead: 'carrier', system: 'any' },
  'request.resume': {
    subscriber: 'own',
    support_agent: 'carrier',
    support_lead: 'carrier',
    administrator: 'carrier',
    system: 'any',
  },
  'request.undo': { subscriber: 'own', system: 'any' },
  'report.read': { subscriber: 'own', system: 'any' },
  'timeline.read': {
    subscriber: 'own',
    support_agent: 'carrier',
    support_lead: 'carrier',
    auditor: 'carrier',
    system: 'any',
  },

  'batch.list': { administrator: 'any', auditor: 'any', system: 'any' },
  'batch.read': { administrator: 'any', auditor: 'any', system: 'any' },
  'batch.look': { administrator: 'any', system: 'any' },
  'batch.intake': { system: 'any' },
  'batch.decide': { administrator: 'any' },

  'task.list': { administrator: 'any', auditor: 'any', system: 'any' },
  'task.retry': { administrator: 'any', system: 'any' },
  'mail.read-sent': everybody,
} as const satisfies Record<string, Partial<Record<Role, Reach>>>

export type PolicyVerb = keyof typeof policy

/** What a policy question is about. Null ids: the object belongs to no carrier, or to no subscriber. */
export interface PolicyObject {
  carrierId: string | null
  subscriberId: string | null
}

function reachOf(actor: Actor, verb: PolicyVerb): Reach | undefined {
  const reach = (policy[verb] as Partial<Record<Role, Reach>>)[actor.role]
  const ofOneCarrier = 'staffId' in actor && actor.carrierId !== null
  return reach === 'any' && ofOneCarrier ? 'carrier' : reach
}

/** Whether the actor's role has the verb at all, whatever the object: decides what a menu offers. */
export const mayEver = (actor: Actor, verb: PolicyVerb): boolean => reachOf(actor, verb) !== undefined

/** Whether the actor may do this to that. Screens ask it for their buttons, verbs for their guard. */
export function may(actor: Actor, verb: PolicyVerb, object: PolicyObject): boolean {
  const reach = reachOf(actor, verb)
  if (reach === undefined) return false
  if (reach === 'any') return true
  if (reach === 'own') return actor.role === 'subscriber' && actor.subscriberId === object.subscriberId
  if (actor.role === 'system' || actor.role === 'anonymous' || object.carrierId === null) return false
  return actor.carrierId === null || actor.carrierId === object.carrierId
}

/** Refuses as "not found" what the role could do to another object: what is not yours must not be told from what is not there. */
export function authorize(actor: Actor, verb: PolicyVerb, object: PolicyObject, what: string): void {
  if (may(actor, verb, object)) return
  if (mayEver(actor, verb)) throw notFound(what)
  throw notAllowed(actor, verb)
}

/** For verbs about no object, or about everybody's: refuses whose right ends at a carrier or at themselves. */
export function authorizeEver(actor: Actor, verb: PolicyVerb): void {
  if (reachOf(actor, verb) !== 'any') throw notAllowed(actor, verb)
}

const notAllowed = ({ role }: Actor, verb: PolicyVerb): Refusal =>
  new Refusal('not-allowed', 'not-allowed', `The role ${role.replace('_', ' ')} has no right to ${verb}.`)

/** The condition that keeps a finder's query to what the actor may see, for tables with both columns. */
export function scope(actor: Actor, verb: PolicyVerb): { carrierId?: string; subscriberId?: string } {
  const reach = reachOf(actor, verb)
  if (reach === undefined) throw notAllowed(actor, verb)
  if (reach === 'any' || actor.role === 'system' || actor.role === 'anonymous') return {}
  if (actor.role === 'subscriber') return { carrierId: actor.carrierId, subscriberId: actor.subscriberId }
  return actor.carrierId === null ? {} : { carrierId: actor.carrierId }
}

const freshFor = 5 * 60_000

/** Verbs that release or change a person's data ask for this: the actor proved who they are within the last five minutes. */
export function requireFreshProof(actor: Actor, now = new Date()): void {
  if (actor.role === 'system') return
  if (actor.role !== 'anonymous' && now.getTime() - actor.provedAt.getTime() <= freshFor) return
  throw new Refusal('needs-proof', 'needs-proof', 'The sign-in is older than five minutes: sign in again to go on.')
}
