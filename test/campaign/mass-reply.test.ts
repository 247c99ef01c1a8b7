import { afterAll, beforeAll, expect, it } from 'vitest'
import { approveDecision } from '@/domain/decision/approve-decision'
import { reader, transaction } from '@/domain/transaction'
import { findMassAct } from '@/domain/triage/mass/find-mass-acts'
import type { Agent } from '@/test/domain/decision/decision-world'
import { advance, incidentOf, killedAfter, replied } from '@/test/domain/triage/mass/mass-world'
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
    await killedAfter(massActId, Math.floor(linked / (kills + 2)) + kill)
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
    WITH told AS MATERIALIZED (
      SELECT e.id, e.ticket_id FROM ticket_entries e JOIN tickets t ON t.id = e.ticket_id
      WHERE t.incident_id = ${incidentId}::uuid AND e.kind = 'to-subscriber'
    ), mailed AS MATERIALIZED (
      SELECT told.ticket_id, 'mail:' || m.id AS key FROM messages m JOIN told ON told.id = m.entry_id
    ), each AS (
      SELECT ticket_id, 'entry' AS what FROM told UNION ALL SELECT ticket_id, 'mail' FROM mailed
      UNION ALL SELECT mailed.ticket_id, 'task' FROM tasks k JOIN mailed ON mailed.key = k.once_key
    ), counts AS (SELECT ticket_id, what, count(*) AS n FROM each GROUP BY ticket_id, what)
    SELECT (SELECT count(*)::int FROM tickets WHERE incident_id = ${incidentId}::uuid) AS tickets,
      count(*) FILTER (WHERE what = 'entry' AND n = 1)::int AS "oneEntry", count(*) FILTER (WHERE what = 'mail' AND n = 1)::int AS "oneMail",
      count(*) FILTER (WHERE what = 'task' AND n = 1)::int AS "oneTask", count(*) FILTER (WHERE n > 1)::int AS "more"
    FROM counts`
  expect(counted).toEqual({ tickets: linked, oneEntry: linked, oneMail: linked, oneTask: linked, more: 0 })
}, 7_200_000)
