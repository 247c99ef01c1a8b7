import { randomUUID } from 'node:crypto'
import { system } from '@/domain/actor'
import { activateCompensation } from '@/domain/compensation/activate-rules'
import { advanceCompensation } from '@/domain/compensation/advance-run'
import { renewDecisions } from '@/domain/compensation/renew-decisions'
import { tryCompensation } from '@/domain/compensation/try-rules'
import { writeCompensation } from '@/domain/compensation/write-rules'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addStaff } from '@/domain/subscriber/add-staff'
import { reader, transaction } from '@/domain/transaction'
import type { Agent } from '@/test/domain/decision/decision-world'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

const operator = system('test')
const everyone = 'every-carrier'

/** What one subscriber lost: of ten contacts that were known, so many were found whole. */
interface Person {
  complete: number
  expected?: number | null
  known?: boolean
}

/** A carrier with an incident, its administrators, and subscribers who lost this or that. */
export class CompensationWorld {
  carrierId!: string
  incidentId!: string
  batchId!: string
  ana!: Agent
  bo!: Agent
  /** Of another carrier. */
  cleo!: Agent
  private constructor(private readonly database: TestDatabase) {}

  static async begin(): Promise<CompensationWorld> {
    const world = new CompensationWorld(await freshDatabase())
    world.carrierId = (await addCarrier(operator, { slug: 'harbor', name: 'Harbor Wireless' })).id
    await addCarrier(operator, { slug: 'boreal', name: 'Boreal Mobile' })
    world.ana = await world.administrator('harbor')
    world.bo = await world.administrator('harbor')
    world.cleo = await world.administrator('boreal')
    const { carrierId } = world
    await transaction(everyone, async tx => {
      const outage = { titleEn: 'Outage', titleFr: 'Panne', startedAt: new Date('2009-10-01T18:00:00Z') }
      const incident = await tx.incident.create({ data: { ...outage, slug: randomUUID(), status: 'resolved' } })
      await tx.incidentCarrier.create({ data: { incidentId: incident.id, carrierId } })
      const batch = { name: randomUUID(), status: 'accepted', incidentId: incident.id } as const
      world.batchId = (await tx.recoveryBatch.create({ data: batch })).id
      world.incidentId = incident.id
    })
    return world
  }

  get url(): string {
    return this.database.url
  }

  end = (): Promise<void> => this.database.drop()

  get whose() {
    return { carrierId: this.carrierId, incidentId: this.incidentId }
  }

  async administrator(carrierSlug: string | null): Promise<Agent> {
    const email = `${randomUUID()}@staff.example`
    const { id, carrierId } = await addStaff(operator, { email, name: 'Adam', role: 'administrator', carrierSlug })
    return { role: 'administrator', staffId: id, carrierId, provedAt: new Date() }
  }

  async person({ complete, expected = 10, known = true }: Person, accountId = `A-${randomUUID()}`): Promise<string> {
    const { carrierId, batchId } = this
    return transaction(everyone, async tx => {
      const email = `${randomUUID()}@people.example`
      const { id: subscriberId } = await tx.subscriber.create({ data: { carrierId, accountId, email } })
      const own = { carrierId, subscriberId }
      const counts = { complete, partial: 0, damaged: 0, expected }
      const asOf = new Date('2009-10-02T00:00:00Z')
      await tx.holding.create({ data: { ...own, batchId, category: 'contacts', ...counts, asOf } })
      const place = { kind: 'vdir', label: 'Phone', url: `/${subscriberId}`, host: 'vdir' } as const
      const coolingUntil = known ? null : new Date()
      await tx.deviceAccount.create({ data: { ...own, ...place, coolingUntil } })
      return subscriberId
    })
  }

  get draft() {
    return reader(everyone).compensationVersion.findFirst({ where: { ...this.whose, status: 'draft' } })
  }

  async write(lines: unknown, by: Agent = this.ana, more: object = {}): Promise<number> {
    const edition = (await this.draft)?.edition ?? 0
    const notice = { notifyDays: 10, notifyFrom: 'incident', zone: 'America/Los_Angeles' } as const
    await writeCompensation(by, { ...this.whose, edition, lines, ...notice, ...more })
    return (await this.draft)!.edition
  }

  async tried(edition: number) {
    const { runId } = await tryCompensation(this.ana, { ...this.whose, edition })
    await this.advance(runId)
    return reader(everyone).compensationRun.findUniqueOrThrow({ where: { id: runId } })
  }

  advance = (compensationRunId: string) => advanceCompensation(operator, { compensationRunId }, () => false)

  /** Written by one, tried, and activated by another. */
  async active(lines: unknown, more: object = {}): Promise<void> {
    const edition = await this.write(lines, this.ana, more)
    await this.tried(edition)
    const { runId } = await activateCompensation(this.bo, { ...this.whose, edition, confirmed: true })
    await this.advance(runId)
  }

  /** Facts have changed: everybody is decided about anew. */
  async renew(now?: Date): Promise<void> {
    await renewDecisions(operator, now)
    const running = await reader(everyone).compensationRun.findMany({ where: { status: 'running' } })
    for (const { id } of running) await this.advance(id)
  }

  /** Everything that was decided about somebody, the first first. */
  decisions = (subscriberId: string) =>
    reader(everyone).compensationDecision.findMany({ where: { subscriberId }, orderBy: { id: 'asc' } })
}

export const credit = (amount: number, currency = 'USD') => ({ kind: 'credit', amount, currency }) as const
export const much = {
  name: 'Most is gone',
  conditions: [
    { fact: 'loss', op: 'any-of', value: ['significant'] },
    { fact: 'account-known', op: 'is', value: true },
  ],
  grant: credit(10_000),
} as const
export const some = {
  name: 'Something is gone',
  conditions: [{ fact: 'loss', op: 'any-of', value: ['partly', 'significant'] }],
  grant: { kind: 'months', months: 2 },
} as const
