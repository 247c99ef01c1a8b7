import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { answer } from '@/bin/commands/answer'
import { system } from '@/domain/actor'
import { publishRoot } from '@/domain/evidence/publish-root'
import { addUpdate } from '@/domain/incident/add-update'
import { noteAdviceShown } from '@/domain/incident/find-advice'
import { openIncident } from '@/domain/incident/open-incident'
import { publishAdvice } from '@/domain/incident/publish-advice'
import { reader } from '@/domain/transaction'
import type { Files } from '@/test/domain/evidence/bag-in-memory'
import { RestoreWorld } from '@/test/support/restore-world'

const actor = system('test')
const card = (name: string, phone: string): string =>
  ['BEGIN:VCARD', 'VERSION:3.0', `UID:${name}`, `N:${name};;;;`, `FN:${name}`, `TEL:${phone}`, 'END:VCARD', ''].join(
    '\r\n',
  )

/** What a bundle must never hold: records' words, other people's numbers, secrets, places on disk. */
export const secretsOfPeople = [
  'Zebulon Quill',
  'Yolanda Frost',
  '+12025550143',
  '+12025550144',
  'neighbour@people.example',
]

export interface EvidenceWorld {
  world: RestoreWorld
  /** Account id of whom the evidence is about. */
  accountId: string
  subscriberId: string
  requestId: string
  homeward(...args: string[]): Promise<{ document: Record<string, unknown>; exitCode: number }>
}

/** A person who was told something, shown advice, and got their contacts back; a neighbour; a root over most of it. */
export async function evidenceWorld(): Promise<EvidenceWorld> {
  const world = await RestoreWorld.begin({ PUBLIC_URL: 'https://homeward.example' })
  const subscriberId = await world.subscriber('HW-1')
  await world.subscriber('NEIGHBOUR')
  await reader('every-carrier').subscriber.updateMany({
    where: { accountId: 'NEIGHBOUR' },
    data: { email: 'neighbour@people.example' },
  })
  const { id: carrierId } = await reader('every-carrier').carrier.findFirstOrThrow()
  const incident = await openIncident(actor, {
    titleEn: 'Contacts are lost',
    titleFr: 'Des contacts sont perdus',
    startedAt: new Date(Date.now() - 3_600_000),
    bodyEn: 'We look for the cause.',
    bodyFr: 'Nous cherchons la cause.',
    nextUpdateBy: new Date(Date.now() + 3_600_000),
    carrierIds: [carrierId],
    tell: false,
  })
  const advice = await publishAdvice(actor, { incidentId: incident.id, doEn: ['Charge it.'], doFr: ['Chargez-le.'] })
  const provedAt = new Date()
  await noteAdviceShown(
    { role: 'subscriber', subscriberId, carrierId, provedAt },
    { adviceId: advice.id, place: 'page' },
  )
  await world.batch('first', {
    'HW-1/contacts.vcf': card('Zebulon Quill', '+12025550143'),
    'NEIGHBOUR/contacts.vcf': card('Yolanda Frost', '+12025550144'),
  })
  const account = await world.vdir(subscriberId)
  const requestId = await world.request({ subscriberId, accountId: account.id })
  await world.run(requestId)
  const { signer } = world.open.services
  await publishRoot(actor, { signer, installation: 'https://homeward.example' })
  await addUpdate(actor, {
    incidentId: incident.id,
    status: 'identified',
    bodyEn: 'We know the cause.',
    bodyFr: 'Nous connaissons la cause.',
    nextUpdateBy: new Date(Date.now() + 3_600_000),
    tell: false,
  })
  const homeward = async (...args: string[]) => {
    const { line, exitCode } = await answer(args, work => work(world.open))
    return { document: JSON.parse(line) as Record<string, unknown>, exitCode }
  }
  return { world, accountId: 'HW-1', subscriberId, requestId, homeward }
}

export const filesOf = (folder: string): Files =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => path.join(entry.parentPath, entry.name))
      .sort()
      .map(file => [path.relative(folder, file), readFileSync(file)]),
  )
