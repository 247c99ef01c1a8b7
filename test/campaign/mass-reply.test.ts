import { once } from 'node:events'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { approveDecision } from '@/domain/decision/approve-decision'
import { reader, transaction } from '@/domain/transaction'
import { findMassAct } from '@/domain/triage/mass/find-mass-acts'
import type { Agent } from '@/test/domain/decision/decision-world'
import { advance, incidentOf, replied, work } from '@/test/domain/triage/mass/mass-world'
import { TriageWorld } from '@/test/domain/triage/triage-world'

const linked = Number(process.env.CAMPAIGN_LINKED ?? 400)
const kills = Number(process.env.CAMPAIGN_LINKED_KILLS ?? 2)

let world: TriageWorld
let carrierId: string
let ann: Agent
beforeAll(async () => {
  world = await TriageWorld.begin()
  carrierId = await world.carrier('harbor')
  ann = await world.agent('en', 'harbor')
}, 120_000)
afterAll(() => world?.end())

it(`says it once to each of ${linked}, with the worker killed ${kills} times in the middle`, async () => {
  const incidentId = await incidentOf([carrierId])
  for (let made = 0; made < linked; made += 5_000) {
    const language = made % 10_000 === 0 ? 'en' : 'fr'
    const ids = await world.waiting(carrierId, Math.min(5_000, linked - made), { language })
    await transaction('every-carrier', tx => tx.ticket.updateMany({ where: { id: { in: ids } }, data: { incidentId } }))
  }
  const { massActId, decisionId } = await replied(ann, incidentId)
  if (decisionId !== null) await approveDecision(await world.agent('fr', 'harbor'), { decisionId })
  let done = 0
  for (let kill = 1; kill <= kills; kill++) {
    const child = work(massActId)
    let told = 0
    child.on('message', () => {
      if (++told === Math.floor(linked / (kills + 2)) + kill) child.kill('SIGKILL')
    })
    const [, signal] = await once(child, 'exit')
    expect(signal).toBe('SIGKILL')
    const now = await findMassAct(ann, massActId)
    expect(now.status).toBe('running')
    expect(now.done).toBeGreaterThan(done)
    done = now.done
  }
  expect(done).toBeLessThan(linked)
  // The rest by two workers at once.
  await Promise.all([advance(massActId), advance(massActId)])
  expect(await findMassAct(ann, massActId)).toMatchObject({ status: 'done', counted: linked, done: linked, refused: 0 })
  const [counted] = await reader('every-carrier').$queryRaw<Record<string, number>[]>`
    SELECT count(*)::int AS tickets,
      count(*) FILTER (WHERE e.n = 1)::int AS "oneEntry", count(*) FILTER (WHERE e.mails = 1)::int AS "oneMail",
      count(*) FILTER (WHERE e.tasks = 1)::int AS "oneTask"
    FROM tickets t LEFT JOIN LATERAL (
      SELECT count(DISTINCT e.id) AS n, count(m.id) AS mails, count(k.id) AS tasks FROM ticket_entries e
      LEFT JOIN messages m ON m.entry_id = e.id LEFT JOIN tasks k ON k.once_key = 'mail:' || m.id
      WHERE e.ticket_id = t.id AND e.kind = 'to-subscriber' OFFSET 0
    ) e ON true
    WHERE t.incident_id = ${incidentId}::uuid`
  expect(counted).toEqual({ tickets: linked, oneEntry: linked, oneMail: linked, oneTask: linked })
}, 7_200_000)
