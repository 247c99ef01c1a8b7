import { randomUUID } from 'node:crypto'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addStaff } from '@/domain/subscriber/add-staff'
import { transaction } from '@/domain/transaction'
import type { Language } from '@/prisma/generated/enums'
import type { Agent } from '@/test/domain/decision/decision-world'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

const operator = { role: 'system', name: 'test' } as const

/** Carriers whose subscribers have tickets that wait, in one language or the other. */
export class TriageWorld {
  private readonly people = new Map<string, string>()
  private constructor(private readonly database: TestDatabase) {}

  static async begin(): Promise<TriageWorld> {
    return new TriageWorld(await freshDatabase())
  }

  get ownerUrl(): string {
    return this.database.ownerUrl
  }

  end = (): Promise<void> => this.database.drop()

  async carrier(slug = `c${randomUUID().slice(0, 8)}`): Promise<string> {
    return (await addCarrier(operator, { slug, name: slug })).id
  }

  /** `carrierSlug` null: works for every carrier. */
  async agent(language: Language = 'en', carrierSlug: string | null = null): Promise<Agent> {
    const email = `${randomUUID()}@staff.example`
    const asked = { email, name: `Agent ${email.slice(0, 4)}`, role: 'support_agent', carrierSlug, language } as const
    const { id: staffId, carrierId } = await addStaff(operator, asked)
    return { role: 'support_agent', staffId, carrierId, provedAt: new Date() }
  }

  /** Tickets of one carrier's subscriber of this language, one a second, the first of them the longest. */
  async waiting(
    carrierId: string,
    count: number,
    { language = 'en' as Language, since = new Date() } = {},
  ): Promise<string[]> {
    const subscriberId = await this.subscriber(carrierId, language)
    const rows = Array.from({ length: count }, (_, at) => ({
      ...({ id: randomUUID(), carrierId, subscriberId, kind: 'other', subject: 'A question' } as const),
      reference: `HW-${randomUUID()}`,
      waitsSince: new Date(since.getTime() + at * 1_000),
    }))
    await transaction('every-carrier', tx => tx.ticket.createMany({ data: rows }))
    return rows.map(({ id }) => id)
  }

  async subscriber(carrierId: string, language: Language): Promise<string> {
    const key = `${carrierId} ${language}`
    const known = this.people.get(key)
    if (known !== undefined) return known
    const accountId = `account-${randomUUID()}`
    const data = { carrierId, language, accountId, email: `${accountId}@people.example` }
    const { id } = await transaction('every-carrier', tx => tx.subscriber.create({ data }))
    this.people.set(key, id)
    return id
  }

  async settle(ticketId: string): Promise<void> {
    const over = { status: 'resolved', takenBy: null, takenUntil: null } as const
    await transaction('every-carrier', tx => tx.ticket.update({ where: { id: ticketId }, data: over }))
  }

  async empty(): Promise<void> {
    const over = { status: 'resolved', takenBy: null, takenUntil: null } as const
    await transaction('every-carrier', tx =>
      tx.ticket.updateMany({ where: { status: { not: 'resolved' } }, data: over }),
    )
  }
}
