import { allowsVerb } from '@/domain/access/token-scopes'
import type { Actor, Role } from '@/domain/actor'
import { notFound, Refusal } from '@/domain/errors'
import { policy, type Reach } from '@/domain/policy-table'

export type PolicyVerb = keyof typeof policy

/** What a policy question is about. Null ids: the object belongs to no carrier, or to no subscriber. */
export interface PolicyObject {
  carrierId: string | null
  subscriberId: string | null
  /** Whose among the staff; missing: nobody's there. */
  staffId?: string | null
}

function reachOf(actor: Actor, verb: PolicyVerb): Reach | undefined {
  if (actor.role === 'machine' && !allowsVerb(actor.scopes, verb)) return undefined
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
  if (reach === 'own') {
    if ('staffId' in actor) return actor.staffId === object.staffId
    return actor.role === 'subscriber' && actor.subscriberId === object.subscriberId
  }
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
  // What is a staff member's own is found by their id alone, in no table of a subscriber's.
  if (reach === undefined || (reach === 'own' && 'staffId' in actor)) throw notAllowed(actor, verb)
  if (reach === 'any' || actor.role === 'system' || actor.role === 'anonymous') return {}
  if (actor.role === 'subscriber') return { carrierId: actor.carrierId, subscriberId: actor.subscriberId }
  return actor.carrierId === null ? {} : { carrierId: actor.carrierId }
}

const freshFor = 5 * 60_000

/** Verbs that release or change a person's data ask for this: the actor proved who they are within the last five minutes. */
export function requireFreshProof(actor: Actor, now = new Date()): void {
  if (actor.role === 'system') return
  if ('provedAt' in actor && actor.provedAt && now.getTime() - actor.provedAt.getTime() <= freshFor) return
  throw new Refusal('needs-proof', 'needs-proof', 'The sign-in is older than five minutes: sign in again to go on.')
}
