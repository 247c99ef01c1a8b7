import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { system } from '@/domain/actor'
import type { EvidenceSigner } from '@/domain/evidence/signer'
import { intakeBatch } from '@/domain/recovery/intake-batch'
import type { IntakeOutside } from '@/domain/recovery/intake-outside'
import { listHoldings } from '@/domain/recovery/list-holdings'
import { lookForBatches } from '@/domain/recovery/look-for-batches'
import { type AccountOutside, addAccount } from '@/domain/restore/add-account'
import { approveRequest } from '@/domain/restore/approve-request'
import { fileRequest } from '@/domain/restore/file-request'
import type { SealedStore } from '@/domain/restore/sealed-store'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { addStaff } from '@/domain/subscriber/add-staff'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'
import { reader } from '@/domain/transaction'
import { writeBags } from '@/prisma/demonstration/bags'
import { tellCompensation } from '@/prisma/demonstration/compensation'
import { tellCrowd } from '@/prisma/demonstration/crowd'
import { everybodyInIt } from '@/prisma/demonstration/crowd-people'
import { writeDevice } from '@/prisma/demonstration/devices'
import { tellNotices } from '@/prisma/demonstration/notices'
import { carriers, type DemoSubscriber, staff, subscribers } from '@/prisma/demonstration/people'
import { tellQuestions } from '@/prisma/demonstration/questions'
import { tellService } from '@/prisma/demonstration/service'
import { draftIncident, tellStory } from '@/prisma/demonstration/tell-story'

export interface SeedInput {
  services: AccountOutside & IntakeOutside & { signer: EvidenceSigner; sealed: SealedStore }
  /** Where bags are found: a file: URL. */
  backupUrl: string
  /** Where the demonstration's device folders are made. */
  dataDirectory: string
  say(step: string): void
}

const operator = system('demonstration')

/** Whether the database has nothing in it yet: only then is the demonstration told. */
export async function isEmpty(): Promise<boolean> {
  return (await reader('every-carrier').carrier.count()) === 0
}

/** The demonstration: October 2009, told by the portal's own verbs. The carriers come last but one, so that a seed that was killed begins again. */
export async function seed({ services, backupUrl, dataDirectory, say }: SeedInput): Promise<void> {
  say('Writing four recovery batches')
  await writeBags(fileURLToPath(backupUrl))
  say('Adding two carriers and their people')
  await draftIncident()
  for (const carrier of carriers) await addCarrier(operator, { ...carrier })
  const ids = new Map<string, string>()
  for (const person of everybodyInIt) {
    const { id: accountId, carrier: carrierSlug, fate: _, ...data } = person
    const { id } = await addSubscriber(operator, services.secrets, { carrierSlug, accountId, ...data })
    ids.set(person.id, id)
  }
  say('Taking in what was recovered')
  for (const name of await lookForBatches(operator, services)) {
    const { id } = await reader('every-carrier').recoveryBatch.findUniqueOrThrow({ where: { name } })
    await intakeBatch(operator, id, services)
  }
  say('Making device accounts that hold newer records')
  for (const person of subscribers) {
    const folder = path.join(dataDirectory, 'devices', person.id)
    await writeDevice(folder, person)
    const label = person.language === 'fr' ? 'Mon téléphone' : 'My phone'
    await addAccount(operator, services, { kind: 'vdir', subscriberId: ids.get(person.id)!, url: folder, label })
  }
  await tellService()
  say('Filing the first requests')
  for (const [i, person] of subscribers.entries())
    if (i % 4 === 1) await fileFirst(person, ids.get(person.id)!, i % 8 === 1)
  say('Telling October 2009')
  // Staff come after it: nobody is alarmed about what was promised and missed long ago.
  await tellStory(new Date())
  for (const { carrier: carrierSlug, ...member } of staff) await addStaff(operator, { ...member, carrierSlug })
  say('Writing the carriers’ notices')
  await tellNotices()
  say('Asking the first questions')
  await tellQuestions()
  say('Filling the queue with 400 tickets')
  await tellCrowd({ ids, services, dataDirectory, told: new Date() })
  say('Deciding what the carriers grant')
  await tellCompensation(services.signer)
}

async function fileFirst(person: DemoSubscriber, subscriberId: string, approve: boolean): Promise<void> {
  const account = await reader('every-carrier').deviceAccount.findFirstOrThrow({ where: { subscriberId } })
  const holdings = (await listHoldings(operator, { subscriberId })).filter(one => one.newest && one.objectKey !== null)
  if (holdings.length === 0) return
  const { id } = await fileRequest(operator, {
    subscriberId,
    accountId: account.id,
    holdingIds: holdings.map(one => one.id),
    rule: person.language === 'fr' ? 'merge' : 'keep_both',
    filingKey: randomUUID(),
  })
  if (approve) await approveRequest(operator, { requestId: id })
}
