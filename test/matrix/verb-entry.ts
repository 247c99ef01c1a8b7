import type { Actor } from '@/domain/actor'
import type { Refusal } from '@/domain/errors'
import type { PolicyVerb } from '@/domain/policy'
import type { Place } from '@/test/matrix/matrix-world'
import type { Holder, House, VerbWorld } from '@/test/matrix/verb-world'

interface Common {
  verb: PolicyVerb
  /** It writes where it is allowed. */
  changes?: boolean
  /** It asks for a proof of the last five minutes. */
  needsProof?: boolean
  /** What it answers whoever may call it; 'yes' unless said otherwise. */
  ends?: Refusal['kind']
}

/** About one thing that is somebody's: a subscriber's; a carrier's; or one that may also be of no carrier. */
export interface AboutOne<About extends string, Thing> extends Common {
  about: About
  call(world: VerbWorld, actor: Actor, thing: Thing): unknown
  /** Makes what an allowed call uses up. */
  prepare?(world: VerbWorld, thing: Thing): Promise<Thing>
  /** It looks nothing up: whoever may ask about every carrier is answered about one that is not there. */
  ofNobody?: 'yes'
}

/**
 * own list, carrier list, holder list: answers whatever is the actor's to see, and nothing of others. batch: about a batch,
 * which is no carrier's. all: about everybody, or about what is not there yet.
 */
interface AboutMany extends Common {
  about: 'own list' | 'carrier list' | 'holder list' | 'batch' | 'all'
  call(world: VerbWorld, actor: Actor): unknown
  /** Makes what an allowed call uses up. */
  prepare?(world: VerbWorld): Promise<unknown>
  /** False: a list that names nobody. */
  tells?: boolean
}

export type Entry = AboutOne<'subscriber', Place> | AboutOne<'carrier', House> | AboutOne<'holder', Holder> | AboutMany

/** By file and name. */
export type Calls = Record<string, Entry>
