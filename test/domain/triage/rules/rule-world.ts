import { randomUUID } from 'node:crypto'
import { system } from '@/domain/actor'
import { newReference } from '@/domain/restore/new-reference'
import { addStaff } from '@/domain/subscriber/add-staff'
import { reader, transaction } from '@/domain/transaction'
import { activateRule } from '@/domain/triage/rules/activate-rule'
import { advanceRule } from '@/domain/triage/rules/advance-rule'
import { findRule } from '@/domain/triage/rules/find-rules'
import { tryRule } from '@/domain/triage/rules/try-rule'
import { writeRule } from '@/domain/triage/rules/write-rule'
import type { Ticket } from '@/prisma/generated/client'
import { type Agent, DecisionWorld, type Filed } from '@/test/domain/decision/decision-world'

export const everyone = 'every-carrier'
export const worker = system('rule')
export const never = (): boolean => false

/** True of what the world's requests ask for: one contact each. */
export const oneRecord = [{ fact: 'records', op: 'at-most', value: 1 }]
export const approving = { act: 'approve' } as const

export interface Draft {
  carrierId?: string | null
  name?: string
  position?: number
  conditions?: unknown
  action?: unknown
}

/** Two leads of one carrier and two of the installation, and requests that wait. */
export class RuleWorld {
  lead!: Agent
  second!: Agent
  private constructor(readonly base: DecisionWorld) {}

  static async begin(): Promise<RuleWorld> {
    const world = new RuleWorld(await DecisionWorld.begin())
    world.lead = world.base.ben
    world.second = await world.base.guard.staff('support_lead')
    return world
  }

  end = (): Promise<void> => this.base.end()

  get harbor(): string {
    return this.lead.carrierId!
  }

  async installationLead(): Promise<Agent> {
    const role = 'support_lead' as const
    const email = `${randomUUID()}@staff.example`
    const { id: staffId } = await addStaff(system('test'), { email, name: 'Ivo', role, carrierSlug: null })
    return { role, staffId, carrierId: null, provedAt: new Date() }
  }

  /** As many filed requests of one subscriber for their contacts, with their tickets. */
  async file(count: number, { ada, accountId }: Filed, more: Partial<Ticket> = {}): Promise<string[]> {
    const { subscriberId, carrierId } = ada
    const holding = await reader(everyone).holding.findFirstOrThrow({ where: { subscriberId } })
    const begun = Date.now() - 60_000
    const rows = Array.from({ length: count }, (_, at) => ({
      ...{ id: randomUUID(), reference: newReference(), filingKey: randomUUID(), filedAt: new Date(begun + at) },
      ...{ carrierId, subscriberId, accountId, rule: 'merge' as const },
    }))
    await transaction(everyone, async tx => {
      await tx.restoreRequest.createMany({ data: rows })
      const item = { carrierId, category: 'contacts', holdingId: holding.id } as const
      await tx.requestItem.createMany({ data: rows.map(({ id: requestId }) => ({ ...item, requestId })) })
      await tx.ticket.createMany({
        data: rows.map(({ id: requestId, reference, filedAt }) => ({
          ...{ requestId, reference, carrierId, subscriberId, waitsSince: filedAt, openedAt: filedAt },
          ...more,
        })),
      })
    })
    return rows.map(({ id }) => id)
  }

  /** Nothing that another test left waits, and no rule of another acts. */
  async clear(): Promise<void> {
    await transaction(everyone, async tx => {
      const declined = { status: 'declined', declineReason: 'other' } as const
      await tx.restoreRequest.updateMany({ where: { status: 'filed' }, data: declined })
      await tx.ticket.updateMany({ data: { status: 'resolved', takenBy: null, takenUntil: null } })
      const over = { status: 'off', endedAt: new Date() } as const
      await tx.ruleVersion.updateMany({ where: { status: 'active' }, data: over })
    })
  }

  async draft(given: Draft = {}, by: Agent = this.lead): Promise<string> {
    const ruleId = randomUUID()
    const words = { name: 'Plain ones', position: 10, conditions: oneRecord, action: approving }
    await writeRule(by, { carrierId: by.carrierId, ...words, ...given, ruleId })
    return ruleId
  }

  /** Tries the draft, and answers what came of it. */
  async tried(ruleId: string, by: Agent = this.lead) {
    const { draft } = await findRule(by, ruleId)
    const { ruleRunId } = await tryRule(by, { ruleId, edition: draft!.edition })
    await advanceRule(worker, { ruleRunId }, never)
    return reader(everyone).ruleRun.findUniqueOrThrow({ where: { id: ruleRunId } })
  }

  /** Activates a draft that was tried; what waits already is not gone through yet. */
  async activated(ruleId: string, by: Agent = this.second): Promise<string> {
    const { draft } = await findRule(by, ruleId)
    const { ruleRunId } = await activateRule(by, { ruleId, edition: draft!.edition, confirmed: true })
    return ruleRunId
  }

  async active(given: Draft = {}, by: Agent = this.lead, second: Agent = this.second): Promise<string> {
    const ruleId = await this.draft(given, by)
    await this.tried(ruleId, by)
    await this.activated(ruleId, second)
    return ruleId
  }

  run = (id: string) => reader(everyone).ruleRun.findUniqueOrThrow({ where: { id } })
  ticket = (requestId: string) => reader(everyone).ticket.findUniqueOrThrow({ where: { requestId } })
  request = (id: string) => reader(everyone).restoreRequest.findUniqueOrThrow({ where: { id } })
  acts = (requestId: string) => reader(everyone).ruleAct.findMany({ where: { ticket: { requestId } } })

  /** What the request's chain says of what was decided, and by whom. */
  async decided(requestId: string) {
    const rows = await reader(everyone).event.findMany({
      where: {
        subject: `request:${requestId}`,
        kind: { in: ['request.approved', 'request.declined', 'rule.applied'] },
      },
      orderBy: { seq: 'asc' },
    })
    return rows.map(({ kind, actorRole, actorId, data }) => {
      const { ruleId, ruleVersion } = JSON.parse(data) as { ruleId?: string; ruleVersion?: number }
      return { kind, actorRole, actorId, ruleId, ruleVersion }
    })
  }
}
