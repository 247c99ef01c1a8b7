import { randomUUID } from 'node:crypto'
import { type Actor, system } from '@/domain/actor'
import { codesOf } from '@/domain/identity/code-rules'
import type { CodeOutside } from '@/domain/identity/issue-code'
import type { OtpGateway } from '@/domain/identity/otp-gateway'
import { sendCode } from '@/domain/identity/send-code'
import { openSession } from '@/domain/identity/session-row'
import type { SimAnswer } from '@/domain/identity/sim-check'
import { takeCode } from '@/domain/identity/take-code'
import type { MailMessage } from '@/domain/notification/mail-gateway'
import { approveRequest } from '@/domain/restore/approve-request'
import { fileRequest } from '@/domain/restore/file-request'
import { addStaff } from '@/domain/subscriber/add-staff'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { reader, transaction } from '@/domain/transaction'
import { RestoreWorld } from '@/test/support/restore-world'
import { jobs } from '@/workers/jobs'

export const minutes = 60_000
export const hours = 60 * minutes
export const days = 24 * hours
export const later = (from: Date, ms: number): Date => new Date(from.getTime() + ms)

export interface Person {
  subscriberId: string
  carrierId: string
  email: string
  number: string
  sessionId: string
  /** As a mail link lets them in: nothing proved. */
  actor: Actor & { role: 'subscriber' }
}

/** Subscribers with telephones, an operator who answers about SIMs as told, and what was sent to whom. */
export class GuardWorld {
  sim: SimAnswer = { kind: 'unchanged' }
  /** Null: codes are ours. */
  otp: OtpGateway | null = null
  readonly asked: { number: string; hours: number }[] = []
  readonly sent: { channel: 'mail' | 'sms'; to: string; text: string }[] = []
  private count = 0

  private constructor(readonly restores: RestoreWorld) {}

  static async begin(env: Record<string, string> = {}): Promise<GuardWorld> {
    return new GuardWorld(await RestoreWorld.begin(env))
  }

  end = (): Promise<void> => this.restores.end()

  get secrets() {
    return this.restores.open.services.secrets
  }

  get outside(): CodeOutside {
    const check = async (number: string, within: number) => {
      this.asked.push({ number, hours: within })
      return this.sim
    }
    return { secrets: this.secrets, sim: { check }, sendsSms: true, otp: this.otp }
  }

  async person(phone?: string | null): Promise<Person> {
    const n = ++this.count
    const number = `+1206555${String(100 + n).padStart(4, '0')}`
    const email = `person-${n}@people.example`
    const given = { carrierSlug: 'harbor', accountId: `P-${n}`, email, phone: phone === undefined ? number : phone }
    const { id: subscriberId, carrierId } = await addSubscriber(system('test'), this.secrets, given)
    const sessionId = await this.session({ subscriberId, email })
    const actor = { role: 'subscriber', subscriberId, carrierId, provedAt: null } as const
    return { subscriberId, carrierId, email, number, sessionId, actor }
  }

  async session({ subscriberId, email }: { subscriberId: string | null; email: string }): Promise<string> {
    const own = {
      email,
      staffId: null,
      subscriberId,
      carrierId: null,
      method: 'mail',
      provedAt: null,
      browser: null,
    } as const
    await transaction('every-carrier', tx => openSession(tx, own))
    const newest = { where: { user: { email } }, orderBy: { id: 'desc' } } as const
    return (await reader('every-carrier').signInSession.findFirstOrThrow(newest)).id
  }

  async staff(role: 'support_agent' | 'support_lead' = 'support_agent', carrierSlug = 'harbor') {
    const email = `${randomUUID()}@staff.example`
    const { id: staffId, carrierId } = await addStaff(system('test'), { email, name: 'Agent', role, carrierSlug })
    return { role, staffId, carrierId, provedAt: new Date() } as const
  }

  send = (person: Person, now?: Date) => sendCode(person.actor, this.outside, person, now)

  take = ({ actor, subscriberId, sessionId }: Person, code: string, now?: Date) =>
    takeCode(actor, this.outside, { subscriberId, sessionId, code }, now)

  /** The newest code, as the telephone shows it but for the space. */
  async code({ subscriberId }: Person): Promise<string> {
    const newest = { where: { subscriberId }, orderBy: { id: 'desc' } } as const
    const { id } = await reader('every-carrier').identityCode.findFirstOrThrow(newest)
    return codesOf(this.secrets, id)[0]!
  }

  async wrong(person: Person): Promise<string> {
    const right = await this.code(person).catch(() => '00000000')
    return String((Number(right) + 1) % 10 ** 8).padStart(8, '0')
  }

  /** Who they are once they have proved it in their session, read as every request reads it. */
  async proved(person: Person): Promise<Person['actor']> {
    const row = await reader('every-carrier').signInSession.findUnique({ where: { id: person.sessionId } })
    return { ...person.actor, provedAt: row?.provedAt ?? null, keySince: row?.provedKeySince ?? null }
  }

  /** A batch for the person and a request to an account; known before the incident unless said otherwise. */
  async recovered(person: Person): Promise<void> {
    const { accountId } = await reader('every-carrier').subscriber.findUniqueOrThrow({
      where: { id: person.subscriberId },
    })
    const card = 'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u1\r\nFN:Ada\r\nN:;Ada;;;\r\nTEL:+12065550199\r\nEND:VCARD\r\n'
    await this.restores.batch(`batch-${accountId}`, { [`${accountId}/contacts.vcf`]: card })
  }

  async filed(person: Person, accountId: string, actor: Actor = system('test')): Promise<string> {
    const { subscriberId } = person
    const holdings = await reader('every-carrier').holding.findMany({ where: { subscriberId } })
    const holdingIds = holdings.map(({ id }) => id)
    const { id } = await fileRequest(actor, {
      subscriberId,
      accountId,
      holdingIds,
      rule: 'merge',
      filingKey: randomUUID(),
    })
    return id
  }

  approve = (requestId: string, actor: Actor = system('test'), now?: Date) => approveRequest(actor, { requestId }, now)

  /** Does what waits to be sent, as workers do, and says when each was due. */
  async deliver(subscriberId: string): Promise<{ runAt: Date; job: string }[]> {
    const services = this.restores.open.services
    const { signal } = new AbortController()
    const mail = {
      send: async ({ to, text }: MailMessage) => void this.sent.push({ channel: 'mail', to, text: String(text) }),
      close: async () => undefined,
    }
    const sms = {
      send: async ({ to, text }: { to: string; text: string }) => {
        this.sent.push({ channel: 'sms', to, text })
        return { id: randomUUID() }
      },
      close: async () => undefined,
    }
    const own = await this.ownTasks(subscriberId)
    for (const { job, payload } of own) {
      const { handle } = await jobs[job as 'send-mail'].handler()
      await handle(payload as { messageId: string }, { ...services, mail, sms, otp: this.otp, signal } as never)
    }
    await transaction('every-carrier', tx =>
      tx.task.updateMany({ where: { id: { in: own.map(one => one.id) } }, data: { status: 'done' } }),
    )
    return own.map(({ runAt, job }) => ({ runAt, job }))
  }

  private async ownTasks(subscriberId: string) {
    const [messages, codes] = await Promise.all([
      reader('every-carrier').message.findMany({ where: { subscriberId } }),
      reader('every-carrier').identityCode.findMany({ where: { subscriberId } }),
    ])
    const ids = new Set([...messages, ...codes].map(({ id }) => id))
    const tasks = await reader('every-carrier').task.findMany({
      where: { job: { in: ['send-mail', 'send-text', 'send-code'] }, status: 'waiting' },
      orderBy: { id: 'asc' },
    })
    return tasks.filter(({ payload }) => Object.values(payload as Record<string, string>).some(id => ids.has(id)))
  }
}
