import { randomUUID } from 'node:crypto'
import { system } from '@/domain/actor'
import { activateCompensation } from '@/domain/compensation/activate-rules'
import { advanceCompensation } from '@/domain/compensation/advance-run'
import type { Line } from '@/domain/compensation/lines'
import { makeExport } from '@/domain/compensation/make-export'
import { tryCompensation } from '@/domain/compensation/try-rules'
import { writeCompensation } from '@/domain/compensation/write-rules'
import type { EvidenceSigner } from '@/domain/evidence/signer'
import { reader } from '@/domain/transaction'
import { incident } from '@/prisma/demonstration/incident'
import type { CarrierSlug } from '@/prisma/demonstration/people'
import { type Agent, actorOf } from '@/prisma/demonstration/staff-actor'

const mostIsGone = (name: string, currency: string): Line => ({
  name,
  conditions: [
    { fact: 'loss', op: 'any-of', value: ['significant'] },
    { fact: 'account-known', op: 'is', value: true },
  ],
  grant: { kind: 'credit', amount: 10_000, currency },
})
const didAsWeSaid: Line = {
  name: 'Did as we said, and lost data',
  conditions: [
    { fact: 'advice-followed', op: 'is', value: true },
    { fact: 'lost-records', op: 'at-least', value: 1 },
  ],
  grant: { kind: 'credit', amount: 5_000, currency: 'USD' },
}
const someIsGone = (name: string): Line => ({
  name,
  conditions: [{ fact: 'loss', op: 'any-of', value: ['partly', 'significant'] }],
  grant: { kind: 'months', months: 1 },
})
const manyAreGone: Line = {
  name: 'Ten records or more',
  conditions: [{ fact: 'lost-records', op: 'at-least', value: 10 }],
  grant: {
    kind: 'words',
    en: 'A memory card of 8 GB, in every shop',
    fr: 'Une carte mémoire de 8 Go, dans chaque boutique',
  },
}

const first = [mostIsGone('Most of it is gone', 'USD'), didAsWeSaid]
const last = someIsGone('Some of it is gone')
// Each as the carrier's own people would name it.
const boreal = [mostIsGone('L’essentiel est perdu', 'CAD'), someIsGone('Une partie est perdue')]
const told = {
  harbor: { notifyDays: 10, notifyFrom: 'decision', zone: 'America/Los_Angeles' },
  boreal: { notifyDays: 30, notifyFrom: 'decision', zone: 'America/Toronto' },
} as const

/** What both carriers grant: the one has told its billing and writes the next version, the other has only just decided. */
export async function tellCompensation(signer: EvidenceSigner): Promise<void> {
  const [one, other] = [await actorOf('admin@homeward.example'), await actorOf('second@homeward.example')]
  const { id: incidentId } = await reader('every-carrier').incident.findUniqueOrThrow({
    where: { slug: incident.slug },
  })
  const whose = async (slug: CarrierSlug) => {
    const { id: carrierId } = await reader('every-carrier').carrier.findUniqueOrThrow({ where: { slug } })
    return { carrierId, incidentId }
  }
  const [atHarbor, atBoreal] = [await whose('harbor'), await whose('boreal')]
  await writeAndTry(one, atHarbor, told.harbor, [...first, last])
  await activate(other, atHarbor)
  await makeExport(one, signer, { ...atHarbor, exportId: randomUUID() })
  await writeAndTry(other, atHarbor, told.harbor, [...first, manyAreGone, last])
  await writeAndTry(one, atBoreal, told.boreal, boreal)
  await activate(other, atBoreal)
}

type Whose = { carrierId: string; incidentId: string }
type Notice = (typeof told)[CarrierSlug]

/** The edition of a draft that was written once. */
const edition = 1

async function writeAndTry(writer: Agent, whose: Whose, notice: Notice, lines: Line[]): Promise<void> {
  await writeCompensation(writer, { ...whose, ...notice, edition: 0, lines })
  const { runId } = await tryCompensation(writer, { ...whose, edition })
  await advance(runId)
}

async function activate(activator: Agent, whose: Whose): Promise<void> {
  const { runId } = await activateCompensation(activator, { ...whose, edition, confirmed: true })
  await advance(runId)
}

/** As a worker would, at once. */
const advance = (compensationRunId: string) =>
  advanceCompensation(system('demonstration'), { compensationRunId }, () => false)
