import type { Actor } from '@/domain/actor'
import { askCrossing } from '@/domain/crossing/ask-crossing'
import { consentCrossing } from '@/domain/crossing/consent-crossing'
import { crossingWaitMs } from '@/domain/crossing/crossing-status'
import { approveDecision } from '@/domain/decision/approve-decision'
import { approveRequest } from '@/domain/restore/approve-request'
import { reader, transaction } from '@/domain/transaction'
import { DecisionWorld } from '@/test/domain/decision/decision-world'
import { later, type Person } from '@/test/domain/identity/guard-world'
import { card } from '@/test/domain/restore/records'
import { jobs } from '@/workers/jobs'

export interface Pair {
  /** Whose records. */
  ada: Person
  /** Whose account. */
  bob: Person
  adaId: string
  bobId: string
  /** What Ada has filed to an account of her own. */
  requestId: string
  accountId: string
  /** Of Bob's device account. */
  folder: string
}

export const proved = (person: Person, at = new Date()): Person['actor'] => ({ ...person.actor, provedAt: at })

/** Two persons of one carrier: one with records that were recovered, the other with a device account. */
export class CrossingWorld {
  private constructor(readonly decisions: DecisionWorld) {}

  static async begin(env: Record<string, string> = {}): Promise<CrossingWorld> {
    return new CrossingWorld(await DecisionWorld.begin(env))
  }

  end = (): Promise<void> => this.decisions.end()
  get guard() {
    return this.decisions.guard
  }
  get ann() {
    return this.decisions.ann
  }
  get ben() {
    return this.decisions.ben
  }

  accountIdOf = async ({ subscriberId }: Person): Promise<string> =>
    (await reader('every-carrier').subscriber.findUniqueOrThrow({ where: { id: subscriberId } })).accountId

  /** `photos`: by name, of hers. `place`: a server on which the second has an account, else it is a folder. */
  async pair(
    cards?: string,
    photos: Record<string, Buffer> = {},
    place?: { url: string; username: string; password: string },
  ): Promise<Pair> {
    const ada = await this.guard.person()
    const bob = await this.guard.person()
    const [adaId, bobId] = [await this.accountIdOf(ada), await this.accountIdOf(bob)]
    const vcf = cards ?? card(`one-${adaId}`, 'Ada Canary-A', 'TEL:+12065550111')
    const files = Object.entries(photos).map(([name, bytes]) => [`${adaId}/photos/${name}`, bytes])
    await this.guard.restores.batch(`batch-${adaId}`, {
      [`${adaId}/contacts.vcf`]: vcf,
      ...Object.fromEntries(files),
    })
    const own = await this.guard.restores.vdir(ada.subscriberId)
    const { restores } = this.guard
    const { id: accountId, folder } = place
      ? { id: await restores.account(bob.subscriberId, { kind: 'dav', ...place }), folder: '' }
      : await restores.vdir(bob.subscriberId)
    const requestId = await this.guard.filed(ada, own.id, proved(ada))
    return { ada, bob, adaId, bobId, requestId, accountId, folder }
  }

  ask = (pair: Pair, by: Actor = this.ann, more: { toAccountId?: string; accountId?: string } = {}, now?: Date) => {
    const { requestId, bobId: toAccountId, accountId } = pair
    return askCrossing(by, { requestId, toAccountId, accountId, reason: 'Both were here.', ...more }, now)
  }

  /** Asked and agreed to: waits for both. */
  async opened(pair: Pair): Promise<string> {
    const { decisionId } = await this.ask(pair)
    await approveDecision(this.ben, { decisionId })
    return (await this.byDecision(decisionId)).id
  }

  /** Both have said yes: answers the request that carries it. */
  async consented(pair: Pair): Promise<{ crossingId: string; into: string; opensAt: Date }> {
    const crossingId = await this.opened(pair)
    await consentCrossing(proved(pair.ada), { crossingId })
    await consentCrossing(proved(pair.bob), { crossingId })
    const { requestId, opensAt } = await this.crossing(crossingId)
    return { crossingId, into: requestId!, opensAt: opensAt! }
  }

  /** Approved by two once the wait is over. */
  async approved(pair: Pair): Promise<{ crossingId: string; into: string }> {
    const { crossingId, into } = await this.consented(pair)
    await approveRequest(this.ann, { requestId: into })
    await approveRequest(this.ben, { requestId: into }, later(new Date(), crossingWaitMs + 1_000))
    return { crossingId, into }
  }

  async finished(pair: Pair): Promise<{ crossingId: string; into: string }> {
    const done = await this.approved(pair)
    await this.guard.restores.run(done.into)
    return done
  }

  /** What workers do once one has ended. Twice: a task may be carried out again. */
  async declineWhatIsOver(): Promise<void> {
    const waits = { job: 'decline-crossed', status: 'waiting' } as const
    const tasks = await reader('every-carrier').task.findMany({ where: waits })
    const { handle } = await jobs['decline-crossed'].handler()
    const services = { ...this.guard.restores.open.services, now: () => new Date() }
    for (const { payload } of [...tasks, ...tasks]) await handle(payload as { requestId: string }, services as never)
    const ids = tasks.map(({ id }) => id)
    await transaction('every-carrier', tx =>
      tx.task.updateMany({ where: { id: { in: ids } }, data: { status: 'done' } }),
    )
  }

  /** Why a request was declined, and the mails about it. Null: it was not. */
  async declined(id: string): Promise<{ reason: string | null; mails: string[] } | null> {
    const { status, declineReason } = await this.request(id)
    const mails = await reader('every-carrier').message.findMany({ where: { requestId: id, channel: 'mail' } })
    return status === 'declined' ? { reason: declineReason, mails: mails.map(one => one.template).sort() } : null
  }

  crossing = (id: string) => reader('every-carrier').crossing.findUniqueOrThrow({ where: { id } })
  byDecision = (decisionId: string) => reader('every-carrier').crossing.findUniqueOrThrow({ where: { decisionId } })
  request = (id: string) => reader('every-carrier').restoreRequest.findUniqueOrThrow({ where: { id } })

  async told({ subscriberId }: Person): Promise<string[]> {
    const rows = await reader('every-carrier').message.findMany({
      where: { subscriberId, template: { startsWith: 'crossing-' }, channel: 'mail' },
      orderBy: { createdAt: 'asc' },
    })
    return rows.map(({ template }) => template.replace('crossing-', ''))
  }
}
