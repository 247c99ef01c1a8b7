import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Actor, system } from '@/domain/actor'
import { approveDecision } from '@/domain/decision/approve-decision'
import { expireDecision } from '@/domain/decision/expire-decision'
import { findDecision, listDecisions } from '@/domain/decision/find-decisions'
import { listReleases } from '@/domain/decision/list-releases'
import { refuseDecision } from '@/domain/decision/refuse-decision'
import { withdrawDecision } from '@/domain/decision/withdraw-decision'
import { approveRelease, refuseRelease, withdrawRelease } from '@/domain/incident/decide-release'
import { moveWave } from '@/domain/incident/move-wave'
import { reader, transaction } from '@/domain/transaction'
import { IncidentWorld, refusalOf } from '@/test/domain/incident/incident-world'
import type { Services } from '@/workers/handler'
import { handle } from '@/workers/handlers/send-staff-mail'

type Person = Extract<Actor, { staffId: string }>
let world: IncidentWorld
let mina: Person
let noor: Person
let adam: Person
let lead: Person
beforeAll(async () => {
  world = await IncidentWorld.begin()
  mina = world.manager
  noor = await world.staff('incident_manager', 'Noor')
  adam = await world.staff('administrator', 'Adam')
  lead = await world.staff('support_lead', 'Lea')
}, 60_000)
afterAll(() => world.end())

const hours = (n: number) => new Date(Date.now() + n * 3_600_000)
const note = { noteEn: 'Checked twice.', noteFr: 'Vérifié deux fois.' }
const wanted = { category: 'photos', status: 'releasing', ...note, reason: 'Ten samples were right.' } as const

async function asked(by = mina, more: object = {}, now?: Date): Promise<{ id: string; decisionId: string }> {
  const id = await world.open()
  const { decisionId } = await moveWave(by, { incidentId: id, ...wanted, version: 1, ...more }, now)
  return { id, decisionId: decisionId! }
}
const waveOf = async (id: string) => (await world.incident(id)).waves.find(one => one.category === 'photos')!
const decisionOf = (id: string) => reader('every-carrier').decision.findUniqueOrThrow({ where: { id } })
const kindsOf = async (id: string) => (await world.events(`incident:${id}`)).slice(2).map(({ kind }) => kind)
const mailsOf = async (decisionId: string) => {
  const rows = await reader('every-carrier').staffMessage.findMany({ where: { decisionId }, orderBy: { id: 'asc' } })
  return rows.map(({ template, staffId }) => `${template} ${staffId}`)
}

/** What waits to be sent about a question, as a worker sends it: subject, then text. */
async function delivered(decisionId: string): Promise<string[]> {
  const texts: string[] = []
  const send = async ({ subject, text }: { subject: string; text: string }) => {
    texts.push(`${subject}\n${text}`)
  }
  const about = { publicUrl: 'https://homeward.example', timeZone: 'UTC', mailFrom: 'no-reply@homeward.example' }
  const services = { ...about, mail: { send, close: async () => undefined } } as unknown as Services
  const rows = await reader('every-carrier').staffMessage.findMany({ where: { decisionId }, orderBy: { id: 'asc' } })
  for (const { id } of [...rows, ...rows]) await handle({ staffMessageId: id }, services)
  return texts
}

describe('beginning to give data out', () => {
  it('asks another person, and moves with what was written once they agree', async () => {
    const { id, decisionId } = await asked()
    expect(await waveOf(id)).toMatchObject({ status: 'not_scheduled', version: 1, noteEn: null })
    expect(await mailsOf(decisionId)).toEqual([`release-asked ${noor.staffId}`])
    await approveRelease(noor, { decisionId, note: 'I looked as well.' })
    expect(await waveOf(id)).toMatchObject({ status: 'releasing', version: 2, ...note })
    expect(await decisionOf(decisionId)).toMatchObject({ status: 'approved', decidedBy: noor.staffId })
    expect(await kindsOf(id)).toEqual(['decision.asked', 'decision.approved', 'wave.moved'])
    const moved = (await world.events(`incident:${id}`)).at(-1)
    expect(moved).toMatchObject({ by: noor.staffId, decisionId, from: 'not_scheduled', to: 'releasing' })
    expect(JSON.stringify(await world.events(`incident:${id}`))).not.toMatch(/samples|Checked|looked/)
    expect((await mailsOf(decisionId)).slice(1)).toEqual([`release-approved ${mina.staffId}`])
    const task = await reader('every-carrier').task.findFirstOrThrow({ where: { onceKey: `decision:${decisionId}` } })
    expect(task).toMatchObject({ job: 'expire-decision', runAt: (await decisionOf(decisionId)).expiresAt })
  })

  it('takes one person where it has begun, and for every other step; and none for the portal itself', async () => {
    const { id, decisionId } = await asked()
    await approveRelease(adam, { decisionId })
    const steps = ['released', 'paused', 'validating', 'not_recoverable', 'not_scheduled'] as const
    for (const [at, status] of steps.entries()) {
      const to = { incidentId: id, category: 'photos', status, version: at + 2 } as const
      expect(await moveWave(mina, to)).toEqual({ decisionId: null })
    }
    expect(await waveOf(id)).toMatchObject({ status: 'not_scheduled', version: 7 })
    const again = await moveWave(mina, { incidentId: id, ...wanted, status: 'released' })
    expect(again.decisionId).not.toBeNull()
    await moveWave(system('test'), { incidentId: id, ...wanted, status: 'released' })
    expect(await waveOf(id)).toMatchObject({ status: 'released', version: 8 })
  })

  it('is never agreed to by who asked, nor refused; and taken back by nobody else', async () => {
    const { id, decisionId } = await asked()
    expect(await refusalOf(approveRelease(mina, { decisionId }))).toBe('decision-own')
    expect(await refusalOf(refuseRelease(mina, { decisionId }))).toBe('decision-own')
    expect(await refusalOf(withdrawRelease(noor, { decisionId }))).toBe('decision-others')
    expect((await decisionOf(decisionId)).status).toBe('open')
    for (let press = 0; press < 2; press++) await withdrawRelease(mina, { decisionId })
    expect(await refusalOf(approveRelease(noor, { decisionId }))).toBe('decision-over')
    expect(await kindsOf(id)).toEqual(['decision.asked', 'decision.withdrawn'])
    const self = { status: 'approved', decidedBy: mina.staffId, decidedAt: new Date() } as const
    const other = (await asked()).decisionId
    const forged = transaction('every-carrier', tx => tx.decision.update({ where: { id: other }, data: self }))
    await expect(forged).rejects.toThrow(/decisions_take_two/)
  })

  it('is not agreed to once who asked has the right no more', async () => {
    const olga = await world.staff('incident_manager', 'Olga')
    const { id, decisionId } = await asked(olga)
    const lost = { where: { id: olga.staffId }, data: { role: 'auditor' } } as const
    await transaction('every-carrier', tx => tx.staff.update(lost))
    expect(await refusalOf(approveRelease(noor, { decisionId }))).toBe('decision-asker-gone')
    expect(await waveOf(id)).toMatchObject({ status: 'not_scheduled', version: 1 })
    await refuseRelease(noor, { decisionId })
  })

  it('needs a fresh proof of both, a reason, and nothing of who says no', async () => {
    const id = await world.open()
    const stale = (person: Person) => ({ ...person, provedAt: hours(-0.1) })
    const ask = (by: Person, more: object) => refusalOf(moveWave(by, { incidentId: id, ...wanted, ...more }))
    expect(await ask(stale(mina), {})).toBe('needs-proof')
    expect(await ask(mina, { reason: ' ' })).toBe('reason release-reason-missing')
    expect(await ask(mina, { reason: 'x'.repeat(501) })).toBe('reason reason-too-long')
    expect(await kindsOf(id)).toEqual([])
    const { decisionId } = await asked()
    expect(await refusalOf(approveRelease(stale(noor), { decisionId }))).toBe('needs-proof')
    for (let press = 0; press < 2; press++) await refuseRelease(stale(noor), { decisionId, note: 'Not yet.' })
    expect(await decisionOf(decisionId)).toMatchObject({ status: 'refused', note: 'Not yet.' })
    expect((await mailsOf(decisionId)).slice(1)).toEqual([`release-refused ${mina.staffId}`])
  })

  it('is one question, however often it is asked at the same moment, and no other beside it', async () => {
    const id = await world.open()
    const ask = (by: Person, more: object = {}) => moveWave(by, { incidentId: id, ...wanted, version: 1, ...more })
    const all = await Promise.all(Array.from({ length: 6 }, () => ask(mina)))
    expect(new Set(all.map(({ decisionId }) => decisionId)).size).toBe(1)
    expect(await refusalOf(ask(noor))).toBe('release-asked')
    expect(await refusalOf(ask(mina, { noteEn: 'Other.' }))).toBe('release-asked')
    expect(await kindsOf(id)).toEqual(['decision.asked'])
    const other = await world.open()
    const race = await Promise.all(
      [mina, noor].map(by => refusalOf(moveWave(by, { incidentId: other, ...wanted, version: 1 }))),
    )
    expect(race.sort()).toEqual(['no refusal', 'release-asked'])
  })

  it('ends once, whoever decides, takes it back, moves the wave and lets it run out at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const { id, decisionId } = await asked()
      const results = await Promise.all(
        [
          approveRelease(noor, { decisionId }),
          approveRelease(adam, { decisionId }),
          refuseRelease(adam, { decisionId }),
          withdrawRelease(mina, { decisionId }),
          moveWave(mina, { incidentId: id, category: 'photos', status: 'paused', version: 1 }),
          expireDecision(system('clock'), { decisionId }, hours(73)),
        ].map(one => refusalOf(one)),
      )
      const { status } = await decisionOf(decisionId)
      const wave = await waveOf(id)
      expect(status).not.toBe('open')
      expect(wave.version).toBe(2)
      expect(wave.status).toBe(status === 'approved' ? 'releasing' : 'paused')
      const decided = (await kindsOf(id)).filter(kind => kind.startsWith('decision.'))
      expect(decided).toEqual(['decision.asked', `decision.${status}`])
      for (const said of results)
        expect(['no refusal', 'decision-over', 'release-moved', 'incident-changed']).toContain(said)
    }
  }, 60_000)

  it('is not agreed to once the wave has moved, and is asked anew after it was refused', async () => {
    const { id, decisionId } = await asked()
    await moveWave(mina, { incidentId: id, category: 'photos', status: 'validating', version: 1 })
    expect(await refusalOf(approveRelease(noor, { decisionId }))).toBe('release-moved')
    expect(await decisionOf(decisionId)).toMatchObject({ status: 'open', decidedBy: null })
    expect(await waveOf(id)).toMatchObject({ status: 'validating', version: 2 })
    const [found] = await listReleases(noor, id)
    expect(found).toMatchObject({ wave: { moved: true }, actions: ['refuse'] })
    expect(await refusalOf(moveWave(noor, { incidentId: id, ...wanted }))).toBe('release-asked')
    await refuseRelease(noor, { decisionId })
    expect((await moveWave(noor, { incidentId: id, ...wanted, version: 2 })).decisionId).not.toBe(decisionId)
    expect(await refusalOf(moveWave(mina, { incidentId: id, ...wanted, version: 1 }))).toBe('incident-changed')
  })

  it('runs out after 72 hours by its own time, tells who asked, and may be asked again', async () => {
    const begun = hours(-72)
    const { id, decisionId } = await asked({ ...mina, provedAt: begun }, {}, begun)
    expect(await refusalOf(approveRelease(noor, { decisionId }))).toBe('decision-over')
    expect((await decisionOf(decisionId)).status).toBe('open')
    expect(await listReleases(noor, id)).toMatchObject([{ status: 'expired', actions: [] }])
    const { decisionId: next } = await moveWave(noor, { incidentId: id, ...wanted, version: 1 })
    expect(await decisionOf(decisionId)).toMatchObject({ status: 'expired', decidedBy: null })
    expect(await mailsOf(decisionId)).toContain(`release-expired ${mina.staffId}`)
    expect((await listReleases(noor, id)).map(one => one.id)).toEqual([next])
  })

  it('is seen by whoever reads decisions or incidents, and decided by none of support’s verbs', async () => {
    const { id, decisionId } = await asked()
    const auditor = await world.staff('auditor', 'Ida')
    const carriers = await world.staff('administrator', 'Cy', world.harbor)
    for (const by of [lead, adam, auditor]) {
      const { decisions } = await listDecisions(by, { take: 200 })
      expect(decisions.map(one => one.id)).toContain(decisionId)
    }
    const wave = { incidentId: id, category: 'photos', status: 'releasing', moved: false }
    expect(await findDecision(lead, decisionId)).toMatchObject({ wave, actions: [] })
    expect(await findDecision(adam, decisionId)).toMatchObject({ wave, actions: ['approve', 'refuse'] })
    expect(await listReleases(mina, id)).toMatchObject([{ actions: ['withdraw'], asked: { self: true } }])
    expect(await listReleases(auditor, id)).toMatchObject([{ actions: [] }])
    for (const verb of [approveDecision, refuseDecision, withdrawDecision])
      expect(await refusalOf(verb(lead, { decisionId }))).toBe('not-found')
    expect(await refusalOf(approveRelease(lead, { decisionId }))).toBe('not-allowed')
    expect(await refusalOf(approveRelease(carriers, { decisionId }))).toBe('not-allowed')
    expect(await refusalOf(findDecision(carriers, decisionId))).toBe('not-found')
  })

  it('writes to each in their language where to decide, and asks nobody who comes too late', async () => {
    await transaction('every-carrier', tx => tx.staff.update({ where: { id: noor.staffId }, data: { language: 'fr' } }))
    const { id, decisionId } = await asked()
    const late = (await asked()).decisionId
    await withdrawRelease(mina, { decisionId: late })
    const texts = await delivered(decisionId)
    expect(texts).toHaveLength(1)
    expect(texts[0]).toMatch(/^Photos\u00a0: une autre personne doit décider\n/)
    expect(texts[0]).toContain(`https://homeward.example/admin/incidents/${id}/wave?category=photos\n`)
    expect(texts[0]).not.toMatch(/samples|Checked|Vérifié/)
    expect(await delivered(late)).toEqual([])
    await refuseRelease(adam, { decisionId })
    expect((await delivered(decisionId)).map(text => text.split('\n')[0])).toEqual([
      'Photos: your question was refused',
    ])
  })

  it('tells administrators where no other manager is there', async () => {
    const noon = { leftAt: new Date() }
    const others = { role: 'incident_manager', id: { not: mina.staffId } } as const
    await transaction('every-carrier', tx => tx.staff.updateMany({ where: others, data: noon }))
    const { decisionId } = await asked()
    expect(await mailsOf(decisionId)).toEqual([`release-asked ${adam.staffId}`])
    await transaction('every-carrier', tx => tx.staff.updateMany({ where: others, data: { leftAt: null } }))
  })
})
