import { randomBytes, randomUUID } from 'node:crypto'
import { type Actor, system } from '@/domain/actor'
import { approveNotice } from '@/domain/notice/approve-notice'
import type { Audience } from '@/domain/notice/audience'
import { draftNotice } from '@/domain/notice/draft-notice'
import { editNotice } from '@/domain/notice/edit-notice'
import { publishNotice } from '@/domain/notice/publish-notice'
import { submitNotice } from '@/domain/notice/submit-notice'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import type { Secrets } from '@/domain/subscriber/secrets'
import { closeDatabase, database } from '@/gateways/database'
import { parseKeyring } from '@/gateways/keyring'
import { openSecrets } from '@/gateways/secrets'
import type { Prisma } from '@/prisma/generated/client'
import type { StaffRole } from '@/prisma/generated/enums'
import { freshDatabase, type TestDatabase } from '@/test/support/database'

export type StaffActor = Extract<Actor, { staffId: string }>

export const texts = {
  titleEn: 'Contacts are back',
  titleFr: 'Les contacts sont de retour',
  bodyEn: 'Hello {{subscriber.name}}, **sync** again.',
  bodyFr: 'Bonjour {{subscriber.name}}, **synchronisez** de nouveau.',
  smsEn: '',
  smsFr: '',
}

export const content = {
  ...texts,
  incidentId: null as string | null,
  oneLanguage: false,
  audience: { everyone: true } as Audience,
  channels: ['mail'] as ('mail' | 'sms')[],
}

/** Two carriers with an author and an approver each, and people who have lost something or not. */
export class NoticeWorld {
  private database!: TestDatabase
  secrets!: Secrets
  harbor!: string
  boreal!: string
  author!: StaffActor
  approver!: StaffActor
  otherAuthor!: StaffActor
  otherApprover!: StaffActor

  static async begin(): Promise<NoticeWorld> {
    const world = new NoticeWorld()
    world.database = await freshDatabase()
    world.secrets = openSecrets(parseKeyring(`test:${randomBytes(32).toString('base64')}`))
    world.harbor = (await addCarrier(system('test'), { slug: 'harbor', name: 'Harbor Wireless', country: 'US' })).id
    world.boreal = (await addCarrier(system('test'), { slug: 'boreal', name: 'Boréal Mobile', country: 'CA' })).id
    world.author = await world.staff('carrier_author', world.harbor, 'Ada')
    world.approver = await world.staff('carrier_approver', world.harbor, 'Ben')
    world.otherAuthor = await world.staff('carrier_author', world.boreal, 'Odile')
    world.otherApprover = await world.staff('carrier_approver', world.boreal, 'Paul')
    return world
  }

  async end(): Promise<void> {
    await closeDatabase()
    await this.database.drop()
  }

  async staff(role: StaffRole, carrierId: string | null, name: string): Promise<StaffActor> {
    const data = { email: `${randomUUID()}@staff.example`, name, role, carrierId }
    const { id: staffId } = await database().staff.create({ data })
    return { role, staffId, carrierId, provedAt: new Date() } as StaffActor
  }

  async subscriber(more: Partial<Prisma.SubscriberUncheckedCreateInput> = {}): Promise<string> {
    const accountId = more.accountId ?? randomUUID()
    const email = `${accountId}@people.example`
    const data = { carrierId: this.harbor, accountId, email, name: 'Sam', ...more }
    return (await database().subscriber.create({ data })).id
  }

  async incident(slug: string, carrierIds = [this.harbor]): Promise<string> {
    const carriers = { create: carrierIds.map(carrierId => ({ carrierId })) }
    const data = {
      slug,
      titleEn: 'Outage',
      titleFr: 'Panne',
      status: 'identified',
      startedAt: new Date(),
      carriers,
    } as const
    return (await database().incident.create({ data })).id
  }

  async draft(more: Partial<typeof content> & Record<string, unknown> = {}, by = this.author): Promise<string> {
    const { noticeId } = await draftNotice(by, { carrierId: by.carrierId! })
    await editNotice(by, { noticeId, version: 1, ...content, ...more })
    return noticeId
  }

  async submitted(more: Partial<typeof content> = {}): Promise<string> {
    const noticeId = await this.draft(more)
    await submitNotice(this.author, { noticeId })
    return noticeId
  }

  async approved(more: Partial<typeof content> = {}): Promise<string> {
    const noticeId = await this.submitted(more)
    await approveNotice(this.approver, { noticeId })
    return noticeId
  }

  async published(more: Partial<typeof content> = {}, now?: Date): Promise<string> {
    const noticeId = await this.approved(more)
    await publishNotice(this.approver, { noticeId }, now)
    return noticeId
  }

  notice = (id: string) => database().notice.findUniqueOrThrow({ where: { id } })

  async events(id: string) {
    const rows = await database().event.findMany({ where: { subject: `notice:${id}` }, orderBy: { seq: 'asc' } })
    return rows.map(row => ({ kind: row.kind, by: row.actorId, ...JSON.parse(row.data) }))
  }
}
