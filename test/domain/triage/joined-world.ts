import { randomUUID } from 'node:crypto'
import type { Actor } from '@/domain/actor'
import { addStaff } from '@/domain/subscriber/add-staff'
import { reader, transaction } from '@/domain/transaction'
import { openQuestion } from '@/domain/triage/open-question'
import { replyToTicket } from '@/domain/triage/reply-to-ticket'
import { type Agent, DecisionWorld, type Filed } from '@/test/domain/decision/decision-world'

const everyone = 'every-carrier'
const operator = { role: 'system', name: 'test' } as const

export type Person = Extract<Actor, { role: 'subscriber' }>

/** A subscriber who asks, and colleagues who work on what they ask. */
export class JoinedWorld {
  private constructor(
    readonly decisions: DecisionWorld,
    readonly filed: Filed,
    readonly ada: Person,
  ) {}

  static async begin(): Promise<JoinedWorld> {
    const decisions = await DecisionWorld.begin()
    const filed = await decisions.filed()
    return new JoinedWorld(decisions, filed, personOf(decisions, filed))
  }

  get ann(): Agent {
    return this.decisions.ann
  }
  get ben(): Agent {
    return this.decisions.ben
  }

  end = (): Promise<void> => this.decisions.end()
  events = (ticketId: string): Promise<string[]> => this.decisions.events(`ticket:${ticketId}`)

  async another(): Promise<{ person: Person; filed: Filed }> {
    const filed = await this.decisions.filed()
    return { person: personOf(this.decisions, filed), filed }
  }

  /** One of the same carrier's, or of the installation's own. */
  async colleague(role: 'support_agent' | 'support_lead', carrierSlug: string | null = null): Promise<Agent> {
    const email = `${randomUUID()}@staff.example`
    const asked = { email, name: `Colleague ${email.slice(0, 6)}`, role, carrierSlug } as const
    const { id: staffId, carrierId } = await addStaff(operator, asked)
    return { role, staffId, carrierId, provedAt: new Date() }
  }

  async ask(text = 'Where are they?', person: Person = this.ada): Promise<string> {
    const { subscriberId } = person
    const said = { kind: 'other', subject: 'My notes', text, language: 'en' } as const
    return (await openQuestion(person, { ...said, subscriberId, openingKey: randomUUID() })).id
  }

  reply(ticketId: string, text = 'One more thing.', person: Person = this.ada) {
    return replyToTicket(person, { ticketId, text, language: 'en', entryKey: randomUUID() })
  }

  row = (id: string) => reader(everyone).ticket.findUniqueOrThrow({ where: { id } })
  clocks = (ticketId: string) =>
    reader(everyone).ticketClock.findMany({ where: { ticketId }, orderBy: { clock: 'asc' } })

  async watchers(ticketId: string): Promise<string[]> {
    const rows = await reader(everyone).ticketWatcher.findMany({ where: { ticketId } })
    return rows.map(({ staffId }) => staffId).sort()
  }

  /** What somebody was told about a ticket, the first first. */
  async told({ staffId }: Agent, ticketId: string): Promise<string[]> {
    const where = { staffId, ticketId }
    const rows = await reader(everyone).staffMessage.findMany({ where, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
    return rows.map(({ template }) => template)
  }

  /** Nobody has more than so many open questions. */
  settleAll() {
    const nobodys = { takenBy: null, takenUntil: null }
    return transaction(everyone, tx =>
      tx.ticket.updateMany({ where: { requestId: null }, data: { status: 'resolved', ...nobodys } }),
    )
  }
}

function personOf({ ann }: DecisionWorld, { ada: { subscriberId } }: Filed): Person {
  return { role: 'subscriber', subscriberId, carrierId: ann.carrierId!, provedAt: null }
}
