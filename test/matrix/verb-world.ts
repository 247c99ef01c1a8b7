import { randomBytes } from 'node:crypto'
import { system } from '@/domain/actor'
import { addUpdate } from '@/domain/incident/add-update'
import { openIncident } from '@/domain/incident/open-incident'
import { publishAdvice } from '@/domain/incident/publish-advice'
import { saveComponent } from '@/domain/incident/save-component'
import { scheduleMaintenance } from '@/domain/incident/schedule-maintenance'
import { addSuppressions } from '@/domain/notice/add-suppressions'
import { approveNotice } from '@/domain/notice/approve-notice'
import { draftNotice } from '@/domain/notice/draft-notice'
import { editNotice } from '@/domain/notice/edit-notice'
import { publishNotice } from '@/domain/notice/publish-notice'
import { saveTemplate } from '@/domain/notice/save-template'
import { submitNotice } from '@/domain/notice/submit-notice'
import { addressContext } from '@/domain/notification/subscription-secrets'
import { reader, transaction } from '@/domain/transaction'
import { MatrixWorld } from '@/test/matrix/matrix-world'
import { RestoreWorld } from '@/test/support/restore-world'

const operator = system('test')

/** What is a carrier's, or of no carrier, and every text by which it would be known in an answer. */
export interface Holder {
  carrierId: string | null
  subscriberId: null
  suppressionId: string
  broadcastId: string
  marks: string[]
}

/** A carrier with an incident of its own and a notice that was published. */
export interface House extends Holder {
  carrierId: string
  incidentId: string
  noticeId: string
  macroId: string
}

export const houseNames = ['own', 'other carrier'] as const

export const inAnHour = (): Date => new Date(Date.now() + 3_600_000)
export const said = { bodyEn: 'We are at it.', bodyFr: 'Nous y travaillons.', tell: false }
export const texts = { titleEn: '', titleFr: '', bodyEn: '', bodyFr: '', smsEn: '', smsFr: '' }

/** The world of the verbs: with incidents, with what carriers say to their people, and what became of it. */
export class VerbWorld extends MatrixWorld {
  readonly houses = {} as Record<(typeof houseNames)[number], House>
  installation!: Holder
  componentId!: string
  openId!: string
  resolvedId!: string
  maintenanceId!: string
  adviceId!: string
  tellingId!: string
  webhookId!: string
  /** An open look of every member of staff's at everybody's records, by who looks and at what: rights are asked all the same. */
  readonly looks = new Map<string, string>()

  static override async begin(): Promise<VerbWorld> {
    const world = new VerbWorld(await RestoreWorld.begin())
    await world.fill()
    await world.addIncidents()
    for (const name of houseNames) world.houses[name] = await world.house(name)
    world.tellingId = await world.broadcast(world.openId)
    const broadcastId = await world.broadcast(world.openId)
    const suppressionId = await world.suppression(null)
    const marks = [broadcastId, suppressionId]
    world.installation = { carrierId: null, subscriberId: null, suppressionId, broadcastId, marks }
    world.webhookId = await world.webhook()
    await world.addLooks()
    return world
  }

  private async addLooks(): Promise<void> {
    const what = { category: 'contacts', reason: 'asked', note: 'They asked us to look.' } as const
    for (const [, actor] of this.actors) {
      if (!('staffId' in actor)) continue
      for (const { carrierId, subscriberId, contacts, photos } of Object.values(this.places)) {
        for (const holdingId of [contacts, photos]) {
          const viewer = { viewerId: actor.staffId, viewerRole: actor.role }
          const openedAt = new Date()
          const expiresAt = new Date(openedAt.getTime() + 900_000)
          const data = { carrierId, subscriberId, holdingId, ...viewer, ...what, openedAt, expiresAt }
          const { id } = await transaction('every-carrier', tx => tx.contentView.create({ data }))
          this.looks.set(`${viewer.viewerId} ${holdingId}`, id)
        }
      }
    }
  }

  get holders(): [name: string, holder: Holder][] {
    return [...Object.entries(this.houses), ['installation', this.installation]]
  }

  private async addIncidents(): Promise<void> {
    this.componentId = await this.component()
    this.openId = await this.incident('Outage', [])
    this.adviceId = (await this.publishAdvice()).id
    this.resolvedId = await this.incident('Old outage', [])
    await addUpdate(operator, { ...said, incidentId: this.resolvedId, status: 'resolved' })
    const [scheduledFor, scheduledUntil] = [inAnHour(), new Date(Date.now() + 7_200_000)]
    const times = { scheduledFor, scheduledUntil, endsByHand: true }
    const work = { ...said, titleEn: 'Work', titleFr: 'Travaux', ...times }
    this.maintenanceId = (await scheduleMaintenance(operator, work)).id
  }

  /** One that nothing touches. */
  async component(): Promise<string> {
    return (await saveComponent(operator, { nameEn: 'Contacts', nameFr: 'Contacts' })).id
  }

  publishAdvice = () =>
    publishAdvice(operator, { incidentId: this.openId, doEn: ['Charge it.'], doFr: ['Chargez-le.'] })

  private async incident(title: string, carrierIds: string[]): Promise<string> {
    const startedAt = new Date('2009-10-01T00:00:00Z')
    const opening = { ...said, titleEn: title, titleFr: title, startedAt, carrierIds, nextUpdateBy: inAnHour() }
    return (await openIncident(operator, opening)).id
  }

  private async house(name: (typeof houseNames)[number]): Promise<House> {
    const { carrierId, subscriberId } = this.places[name]
    const word = `of ${name}`
    const incidentId = await this.incident(`Mark Incident ${word}`, [carrierId])
    const { templateId } = await saveTemplate(operator, { carrierId, name: `Mark Template ${word}`, ...texts })
    const noticeId = await this.publishedNotice({ carrierId })
    const { id: broadcastId } = await reader('every-carrier').broadcast.findFirstOrThrow({ where: { noticeId } })
    const suppressionId = await this.suppression(carrierId)
    const macroId = await this.macro(carrierId)
    const failed = { channel: 'mail', status: 'failed', reason: 'timed-out', language: 'en' } as const
    await transaction('every-carrier', async tx => {
      await tx.subscriber.update({ where: { id: subscriberId }, data: { region: `Mark Region ${word}` } })
      const data = { broadcastId, carrierId, subscriberId, recipientKey: randomBytes(32), ...failed }
      await tx.delivery.create({ data })
    })
    const names = ['Incident', 'Template', 'Region', 'Notice'].map(what => `Mark ${what} ${word}`)
    const marks = [incidentId, templateId, noticeId, broadcastId, suppressionId, macroId, ...names]
    return { carrierId, subscriberId: null, incidentId, noticeId, broadcastId, suppressionId, macroId, marks }
  }

  async draftNotice({ carrierId }: Pick<House, 'carrierId'>): Promise<string> {
    const { noticeId } = await draftNotice(operator, { carrierId })
    const name = houseNames.find(one => this.places[one].carrierId === carrierId)
    const title = `Mark Notice of ${name}`
    const body = 'For {{subscriber.name}}.'
    const content = { ...texts, titleEn: title, titleFr: title, bodyEn: body, bodyFr: body }
    const rest = { incidentId: null, oneLanguage: false, audience: { everyone: true }, channels: ['mail'] } as const
    await editNotice(operator, { noticeId, version: 1, ...content, ...rest, channels: [...rest.channels] })
    return noticeId
  }

  async submittedNotice(house: Pick<House, 'carrierId'>): Promise<string> {
    const noticeId = await this.draftNotice(house)
    await submitNotice(operator, { noticeId })
    return noticeId
  }

  async approvedNotice(house: Pick<House, 'carrierId'>): Promise<string> {
    const noticeId = await this.submittedNotice(house)
    await approveNotice(operator, { noticeId })
    return noticeId
  }

  async publishedNotice(house: Pick<House, 'carrierId'>): Promise<string> {
    const noticeId = await this.approvedNotice(house)
    await publishNotice(operator, { noticeId })
    return noticeId
  }

  async suppression(carrierId: string | null): Promise<string> {
    const addresses = `${randomBytes(4).toString('hex')}@people.example`
    await addSuppressions(operator, this.services.secrets, { carrierId, channel: 'mail', addresses })
    const newest = { where: { carrierId }, orderBy: { id: 'desc' } } as const
    return (await reader('every-carrier').suppression.findFirstOrThrow(newest)).id
  }

  /** A text to begin answers from. */
  async macro(carrierId: string): Promise<string> {
    const texts = { textEn: 'Hello {name}.', textFr: 'Bonjour {name}.' }
    const data = { carrierId, code: `macro-${randomBytes(4).toString('hex')}`, ...texts }
    return (await transaction('every-carrier', tx => tx.macro.create({ data }))).id
  }

  /** One that still goes out. */
  async broadcast(incidentId: string): Promise<string> {
    const data = { kind: 'postmortem', incidentId, contentDigest: randomBytes(32), status: 'sending' } as const
    return (await transaction('every-carrier', tx => tx.broadcast.create({ data }))).id
  }

  private async webhook(): Promise<string> {
    const data = {
      channel: 'webhook',
      address: Buffer.alloc(0),
      addressKey: randomBytes(32),
      status: 'active',
    } as const
    return transaction('every-carrier', async tx => {
      const { id } = await tx.subscription.create({ data })
      const address = this.services.secrets.seal('https://hooks.example/homeward', addressContext(id))
      await tx.subscription.update({ where: { id }, data: { address } })
      return id
    })
  }
}
