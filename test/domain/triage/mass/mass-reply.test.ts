import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approveDecision } from '@/domain/decision/approve-decision'
import { findDecision } from '@/domain/decision/find-decisions'
import { refuseDecision } from '@/domain/decision/refuse-decision'
import { reader, transaction } from '@/domain/transaction'
import { answerTicket } from '@/domain/triage/answer-ticket'
import { linkTicket } from '@/domain/triage/link-ticket'
import { beginMassAct } from '@/domain/triage/mass/begin-mass-act'
import { draftReply } from '@/domain/triage/mass/draft-mass-act'
import { findMassAct, listMassActs } from '@/domain/triage/mass/find-mass-acts'
import { previewMassAct } from '@/domain/triage/mass/preview-mass-act'
import { stopMassAct } from '@/domain/triage/mass/stop-mass-act'
import { aloneAtMost } from '@/domain/triage/mass/takes-two'
import { takeTicket } from '@/domain/triage/take-ticket'
import { type Agent, refused } from '@/test/domain/decision/decision-world'
import { advance, incidentOf, killedAfter, replied, saidIn, texts, wording } from '@/test/domain/triage/mass/mass-world'
import { TriageWorld } from '@/test/domain/triage/triage-world'

let world: TriageWorld
let carrierId: string
let ann: Agent
let ben: Agent
beforeAll(async () => {
  world = await TriageWorld.begin()
  carrierId = await world.carrier('harbor')
  await world.carrier('boreal')
  ann = await world.agent('en', 'harbor')
  ben = await world.agent('fr', 'harbor')
}, 120_000)
afterAll(() => world?.end())

/** An incident with tickets linked to it, of an English and of a French subscriber. */
async function linked(english: number, french = 0): Promise<{ incidentId: string; ids: string[] }> {
  const incidentId = await incidentOf([carrierId])
  const ids = [
    ...(await world.waiting(carrierId, english)),
    ...(await world.waiting(carrierId, french, { language: 'fr' })),
  ]
  await transaction('every-carrier', tx => tx.ticket.updateMany({ where: { id: { in: ids } }, data: { incidentId } }))
  return { incidentId, ids }
}

const ticketOf = (id: string) => reader('every-carrier').ticket.findUniqueOrThrow({ where: { id } })
const toldOnce = (ids: string[]) => ids.map(() => '1,1,1')

describe('a reply to all that are linked to an incident', () => {
  it('goes out in a lane of its own, behind which no agent’s answer waits', async () => {
    const { incidentId, ids } = await linked(2)
    const { massActId } = await replied(ann, incidentId)
    await advance(massActId)
    const [id] = await world.waiting(carrierId, 1)
    await answerTicket(ann, { ticketId: id!, text: 'By hand.', after: 'keep', entryKey: randomUUID() })
    const lanesOf = async (ticketIds: string[]) => {
      const entries = await reader('every-carrier').ticketEntry.findMany({ where: { ticketId: { in: ticketIds } } })
      const entryId = { in: entries.map(one => one.id) }
      const mails = await reader('every-carrier').message.findMany({ where: { entryId } })
      const onceKey = { in: mails.map(one => `mail:${one.id}`) }
      return (await reader('every-carrier').task.findMany({ where: { onceKey } })).map(({ host }) => host)
    }
    expect(await lanesOf(ids)).toEqual(['send-mail of many', 'send-mail of many'])
    expect(await lanesOf([id!])).toEqual([null])
  })

  it('shows three of them and counts by language first, then says it once to each in their own', async () => {
    const { incidentId, ids } = await linked(5, 2)
    const whose = { incidentId, waveCategory: null }
    const askingKey = randomUUID()
    const { massActId } = await draftReply(ann, { whose, ...texts, askingKey })
    expect((await draftReply(ann, { whose, ...texts, askingKey })).massActId).toBe(massActId)
    const preview = await previewMassAct(ann, { massActId }, wording)
    expect(preview).toMatchObject({ count: 7, byLanguage: { en: 5, fr: 2 }, takesTwo: false })
    expect(preview.samples).toHaveLength(3)
    expect(new Set(preview.samples.map(({ language }) => language))).toEqual(new Set(['en', 'fr']))
    for (const { reference, text } of preview.samples) expect(text).toContain(reference)

    await expect(beginMassAct(ann, { massActId, shown: 6 })).rejects.toEqual(refused('mass-more'))
    await Promise.all([1, 2, 3].map(() => beginMassAct(ann, { massActId, shown: 7 })))
    const task = await reader('every-carrier').task.findFirstOrThrow({ where: { onceKey: `mass:${massActId}` } })
    expect(task).toMatchObject({ job: 'advance-mass-act', payload: { massActId } })
    // Linked after the count: not reached.
    const [late] = await world.waiting(carrierId, 1)
    await linkTicket(ben, { ticketId: late!, incidentId })

    expect(await advance(massActId)).toBe('ended')
    expect(await advance(massActId)).toBe('ended')
    expect(await saidIn(ids)).toEqual(toldOnce(ids))
    expect(await saidIn([late!])).toEqual(['0,0,0'])
    const entries = await reader('every-carrier').ticketEntry.findMany({ where: { ticketId: { in: ids } } })
    for (const { ticketId, text, language, writtenBy } of entries) {
      const { reference } = await ticketOf(ticketId)
      expect(writtenBy).toBe(ann.staffId)
      expect(text).toBe(
        language === 'fr' ? `Bonjour abonné : pour ${reference}.` : `Hello subscriber: about ${reference}.`,
      )
    }
    expect(entries.filter(({ language }) => language === 'fr')).toHaveLength(2)
    expect(await findMassAct(ben, massActId)).toMatchObject({ status: 'done', counted: 7, done: 7, refused: 0 })
    expect((await listMassActs(ben, incidentId)).map(({ id }) => id)).toEqual([massActId])
    const rows = await reader('every-carrier').event.findMany({ where: { subject: `mass:${massActId}` } })
    expect(rows.map(({ kind }) => kind)).toEqual(['mass.begun', 'mass.finished'])
  }, 60_000)

  it('answers what a colleague has and what ended meanwhile, and leaves what was asked to be answered', async () => {
    const { incidentId, ids } = await linked(3)
    const [taken, ended, asked] = ids
    const { massActId } = await replied(ann, incidentId)
    await takeTicket(ben, { ticketId: taken! })
    await world.settle(ended!)
    const since = new Date(Date.now() - 60_000)
    await transaction('every-carrier', tx => tx.ticket.update({ where: { id: asked! }, data: { askedSince: since } }))
    const before = await ticketOf(taken!)
    await advance(massActId)
    expect(await saidIn(ids)).toEqual(toldOnce(ids))
    expect(await ticketOf(taken!)).toMatchObject({ takenBy: ben.staffId, status: 'open', version: before.version + 1 })
    expect((await ticketOf(ended!)).status).toBe('resolved')
    expect(await ticketOf(asked!)).toMatchObject({ status: 'open', askedSince: since })
    expect((await ticketOf(asked!)).touchedAt).not.toBeNull()
  })

  it('goes to one wave, where one is named', async () => {
    const { incidentId, ids } = await linked(2)
    await linkTicket(ann, { ticketId: ids[0]!, incidentId, waveCategory: 'contacts' })
    const whose = { incidentId, waveCategory: 'contacts' as const }
    const { massActId } = await draftReply(ann, { whose, ...texts, askingKey: randomUUID() })
    await beginMassAct(ann, { massActId, shown: 1 })
    await advance(massActId)
    expect(await saidIn(ids)).toEqual(['1,1,1', '0,0,0'])
  })

  it('refuses unknown variables, an unknown incident or filter, no proof, and nobody to tell', async () => {
    const { incidentId } = await linked(0)
    const askingKey = () => randomUUID()
    const whose = { incidentId, waveCategory: null }
    const wrong = { whose, ...texts, textFr: 'Bonjour {nom}.', askingKey: askingKey() }
    await expect(draftReply(ann, wrong)).rejects.toMatchObject({ field: 'textFr', detail: 'unknown-variable' })
    const nowhere = { incidentId: randomUUID(), waveCategory: null }
    const unknown = { whose: nowhere, ...texts, askingKey: askingKey() }
    await expect(draftReply(ann, unknown)).rejects.toEqual(refused('not-found'))
    const odd = { whose: { filter: { colour: 'red' } }, ...texts, askingKey: askingKey() }
    await expect(draftReply(ann, odd)).rejects.toEqual(refused('unknown-filter'))
    await expect(replied(ann, incidentId)).rejects.toEqual(refused('mass-empty'))
    await expect(replied({ ...ann, provedAt: null }, incidentId)).rejects.toEqual(refused('needs-proof'))
  })

  it('reaches no other carrier’s tickets, nor is it seen or stopped by theirs', async () => {
    const { incidentId, ids } = await linked(2)
    const cleo = await world.agent('en', 'boreal')
    const { massActId } = await replied(ann, incidentId)
    await expect(findMassAct(cleo, massActId)).rejects.toEqual(refused('not-found'))
    await expect(stopMassAct(cleo, { massActId })).rejects.toEqual(refused('not-found'))
    await expect(replied(cleo, incidentId)).rejects.toEqual(refused('not-found'))
    const both = await incidentOf([carrierId, cleo.carrierId!])
    const set = { where: { id: { in: ids } }, data: { incidentId: both } }
    await transaction('every-carrier', tx => tx.ticket.updateMany(set))
    await expect(replied(cleo, both)).rejects.toEqual(refused('mass-empty'))
  })

  it('is begun by an incident manager too, who is not shown whom it goes to', async () => {
    const { incidentId, ids } = await linked(1)
    const mia: Agent = { ...(await world.agent()), role: 'incident_manager' }
    await transaction('every-carrier', tx =>
      tx.staff.update({ where: { id: mia.staffId }, data: { role: 'incident_manager' } }),
    )
    const whose = { incidentId, waveCategory: null }
    const { massActId } = await draftReply(mia, { whose, ...texts, askingKey: randomUUID() })
    const { samples } = await previewMassAct(mia, { massActId }, wording)
    expect(samples).toEqual([{ ticketId: null, reference: null, language: 'en', text: 'Hello subscriber: about ….' }])
    const filtered = { whose: { filter: {} }, ...texts, askingKey: randomUUID() }
    await expect(draftReply(mia, filtered)).rejects.toEqual(refused('not-allowed'))
    await beginMassAct(mia, { massActId, shown: 1 })
    await advance(massActId)
    expect(await saidIn(ids)).toEqual(toldOnce(ids))
  })

  it('takes two people above a thousand, and stops where somebody says so: what was said stays said', async () => {
    const { incidentId, ids } = await linked(aloneAtMost + 1)
    await expect(replied(ann, incidentId, 9_999, '')).rejects.toEqual(refused('reason-missing'))
    const no = await replied(ann, incidentId)
    await refuseDecision(ben, { decisionId: no.decisionId!, note: 'Too early.' })
    expect(await findMassAct(ann, no.massActId)).toMatchObject({ status: 'stopped', stopReason: 'not-approved' })
    const { massActId, decisionId } = await replied(ann, incidentId)
    expect(await advance(massActId)).toBe('ended')
    expect(new Set(await saidIn(ids))).toEqual(new Set(['0,0,0']))
    expect((await findDecision(ben, decisionId!)).massAct).toEqual({
      ...{ id: massActId, kind: 'reply', counted: aloneAtMost + 1 },
    })
    await expect(approveDecision(ann, { decisionId: decisionId! })).rejects.toEqual(refused('decision-own'))
    await approveDecision(ben, { decisionId: decisionId! })
    expect(await reader('every-carrier').task.count({ where: { onceKey: `mass:${massActId}` } })).toBe(1)
    let looked = 0
    const stopping = () => {
      if (++looked === 30) void stopMassAct(ben, { massActId })
      return false
    }
    expect(await advance(massActId, stopping)).toBe('ended')
    const { status, stopReason, done } = await findMassAct(ann, massActId)
    expect([status, stopReason]).toEqual(['stopped', 'by-hand'])
    expect(done).toBeLessThan(ids.length)
    expect((await saidIn(ids)).filter(one => one === '1,1,1')).toHaveLength(done)
    await expect(stopMassAct(ben, { massActId })).rejects.toEqual(refused('mass-over'))
  }, 120_000)

  it('counts many small ones of a day as one large one, also those of the same moment', async () => {
    const dan = await world.agent('en', 'harbor')
    const { incidentId } = await linked(600)
    const all = await Promise.all([replied(dan, incidentId), replied(dan, incidentId)])
    expect(all.filter(({ decisionId }) => decisionId === null)).toHaveLength(1)
  }, 60_000)

  it('says nothing twice by two workers at once, and goes on where one was killed', async () => {
    const { incidentId, ids } = await linked(120, 40)
    const { massActId } = await replied(ben, incidentId)
    for (const dies of [23, 60]) {
      await killedAfter(massActId, dies)
      const { status, done } = await findMassAct(ben, massActId)
      expect(status).toBe('running')
      expect((await saidIn(ids)).filter(one => one !== '0,0,0')).toHaveLength(done)
      expect(done).toBeGreaterThan(0)
    }
    await Promise.all([advance(massActId), advance(massActId)])
    expect(await saidIn(ids)).toEqual(toldOnce(ids))
    expect(await findMassAct(ben, massActId)).toMatchObject({ status: 'done', done: 160 })
  }, 120_000)
})
