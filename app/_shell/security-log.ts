import type { Route } from '@/app/_shell/routes'
import type { Visit } from '@/app/_shell/visit'
import { type Actor, actorId } from '@/domain/actor'
import type { Refusal } from '@/domain/errors'
import { logger } from '@/gateways/log'

const log = logger('guard')

/** Where somebody shows who they are: here a wrong entry is told too, for it may be a guess. */
const gates = /^\/(sign-in|security|account\/security|this-was-not-me)(\/|$)/

/**
 * Tells those who look for attacks what was refused, to whom and why, by ids and codes alone: who asked for what is not theirs,
 * posted from elsewhere, came too often or could not show who they are. What was done is in the events.
 */
export function noteRefused(route: Route, actor: Actor, code: string): void {
  log.warn({ route, code, actorRole: actor.role, actorId: actorId(actor) }, 'Refused.')
}

/** The same for what a verb refused; mistakes in a form, and a proof that is asked for, are nobody's attack. */
export function noteRefusal(route: Route, { actor, session }: Visit, error: Refusal): void {
  if (error.kind === 'needs-proof' || (error.kind === 'bad-input' && !gates.test(route))) return
  if (session === null && error.kind === 'not-found') return
  noteRefused(route, actor, error.code)
}

/** A mail link that was taken, or not: passkeys' sessions are events. */
export function noteLink(taken: boolean): void {
  log.info({ taken }, 'A sign-in link was used.')
}
