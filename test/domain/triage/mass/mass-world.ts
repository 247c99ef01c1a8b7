import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import path from 'node:path'
import { projectRoot } from '@/bin/project-root'
import { system } from '@/domain/actor'
import { reader, transaction } from '@/domain/transaction'
import { advanceMassAct } from '@/domain/triage/mass/advance-mass-act'
import { beginMassAct } from '@/domain/triage/mass/begin-mass-act'
import { draftAct, draftReply } from '@/domain/triage/mass/draft-mass-act'
import type { Wording } from '@/domain/triage/mass/wording'
import { macroWords } from '@/messages/macro-words'
import type { IncidentStatus } from '@/prisma/generated/enums'
import type { Agent } from '@/test/domain/decision/decision-world'

export const never = () => false
export const wording: Wording = whom => macroWords(whom, 'UTC', new Date())
export const texts = { textEn: 'Hello {name}: about {reference}.', textFr: 'Bonjour {name} : pour {reference}.' }

/** A public incident of some carriers, with a wave of contacts. */
export async function incidentOf(carrierIds: string[], status: IncidentStatus = 'investigating'): Promise<string> {
  const titles = { titleEn: 'Contacts are missing', titleFr: 'Des contacts manquent' }
  const data = { ...titles, slug: `i-${randomUUID()}`, status, startedAt: new Date() }
  return transaction('every-carrier', async tx => {
    const { id } = await tx.incident.create({ data })
    await tx.incidentCarrier.createMany({ data: carrierIds.map(carrierId => ({ incidentId: id, carrierId })) })
    await tx.wave.create({ data: { incidentId: id, category: 'contacts' } })
    return id
  })
}

/** A reply to all that are linked to an incident, begun by somebody. */
export async function replied(actor: Agent, incidentId: string, shown = 1_000_000, reason = 'All of them wait.') {
  const whose = { incidentId, waveCategory: null }
  const { massActId } = await draftReply(actor, { whose, ...texts, askingKey: randomUUID() })
  return { massActId, ...(await beginMassAct(actor, { massActId, shown, reason })) }
}

type Asked = Parameters<typeof draftAct>[1]

/** Something done to all that a filter of the queue finds, begun by somebody. */
export async function acted(
  actor: Agent,
  filter: Record<string, unknown>,
  what: Asked['what'],
  said: Asked['said'] = null,
): Promise<string> {
  const { massActId } = await draftAct(actor, { whose: { filter }, what, said, askingKey: randomUUID() })
  await beginMassAct(actor, { massActId, shown: 1_000_000, reason: 'Looked through.' })
  return massActId
}

export const advance = (massActId: string, letGo = never) =>
  advanceMassAct(system('test'), { massActId }, wording, letGo)

/** What was said in each of the tickets by an act, and by how many mails. */
export async function saidIn(ids: string[]) {
  const where = { ticketId: { in: ids }, kind: 'to_subscriber' as const }
  const entries = await reader('every-carrier').ticketEntry.findMany({ where })
  const entryIds = entries.map(({ id }) => id)
  const mails = await reader('every-carrier').message.findMany({ where: { entryId: { in: entryIds } } })
  const tasks = await reader('every-carrier').task.findMany({
    where: { onceKey: { in: mails.map(({ id }) => `mail:${id}`) } },
  })
  return ids.map(id => {
    const own = entries.filter(one => one.ticketId === id).map(one => one.id)
    const sent = mails.filter(one => own.includes(one.entryId!)).map(one => `mail:${one.id}`)
    return [own.length, sent.length, tasks.filter(one => sent.includes(one.onceKey!)).length].join()
  })
}

/** A worker of its own process, killed when it has done so many tickets; rejects where it ended otherwise. */
export async function killedAfter(massActId: string, tickets: number): Promise<void> {
  const child = fork(path.join(projectRoot, 'test/domain/triage/mass/advance-mass-child.ts'), [massActId], {
    execArgv: ['--import', 'tsx'],
    cwd: projectRoot,
  })
  let told = 0
  child.on('message', () => {
    if (++told === tickets) child.kill('SIGKILL')
  })
  const [code, signal] = await once(child, 'exit')
  if (signal !== 'SIGKILL') throw new Error(`The worker was not killed: it ended with ${code ?? signal}.`)
}
