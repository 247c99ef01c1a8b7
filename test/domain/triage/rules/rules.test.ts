import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { freezeSubscriber } from '@/domain/identity/freeze-subscriber'
import { readTimeline } from '@/domain/restore/read-timeline'
import { reader, transaction } from '@/domain/transaction'
import { linkTicket } from '@/domain/triage/link-ticket'
import { openQuestion } from '@/domain/triage/open-question'
import { readTicketTimeline } from '@/domain/triage/read-ticket-timeline'
import { activateRule } from '@/domain/triage/rules/activate-rule'
import { advanceRule } from '@/domain/triage/rules/advance-rule'
import { applyRules } from '@/domain/triage/rules/apply-rules'
import { findRule, listRules } from '@/domain/triage/rules/find-rules'
import { switchOffRule } from '@/domain/triage/rules/switch-off-rule'
import { tryRule } from '@/domain/triage/rules/try-rule'
import { rewriteRule, writeRule } from '@/domain/triage/rules/write-rule'
import { unlinkTicket } from '@/domain/triage/unlink-ticket'
import { type Filed, refused } from '@/test/domain/decision/decision-world'
import { days, hours, later } from '@/test/domain/identity/guard-world'
import { incidentOf } from '@/test/domain/triage/mass/mass-world'
import { approving, everyone, never, oneRecord, RuleWorld, worker } from '@/test/domain/triage/rules/rule-world'

let world: RuleWorld
let base: Filed
beforeAll(async () => {
  world = await RuleWorld.begin()
  base = await world.base.filed()
}, 120_000)
afterAll(() => world?.end())
beforeEach(() => world.clear())

const words = { name: 'Plain ones', position: 10, conditions: oneRecord, action: approving }
const apply = (requestId: string) => applyRules(worker, { requestId })

describe('writing a rule', () => {
  it('makes a draft that does nothing, and the same form makes one', async () => {
    const form = { ...words, carrierId: world.harbor, ruleId: randomUUID() }
    await writeRule(world.lead, form)
    await writeRule(world.lead, form)
    const rule = await findRule(world.lead, form.ruleId)
    expect(rule.versions).toHaveLength(1)
    expect(rule.draft).toMatchObject({ number: 1, status: 'draft', edition: 1, name: 'Plain ones', tried: null })
    const [request] = await world.file(1, base)
    expect(await apply(request!)).toBe('none')
  })

  it('is refused for what means everything, and for what is not known', async () => {
    const write = (more: object) =>
      writeRule(world.lead, { ...words, carrierId: world.harbor, ruleId: randomUUID(), ...more })
    await expect(write({ conditions: [] })).rejects.toEqual(refused('rule-no-condition'))
    await expect(write({ conditions: [{ fact: 'name', op: 'is', value: 1 }] })).rejects.toEqual(
      refused('rule-condition'),
    )
    await expect(write({ action: { act: 'decline' } })).rejects.toEqual(refused('rule-act'))
    const carrier = [{ fact: 'carrier', op: 'any-of', value: [world.harbor] }]
    await expect(write({ conditions: carrier })).rejects.toEqual(refused('rule-condition'))
    const ivo = await world.installationLead()
    const of = (value: string[]) => [{ fact: 'carrier', op: 'any-of', value }]
    const boreal = world.base.cleo.carrierId!
    const installation = (value: string[]) =>
      writeRule(ivo, { ...words, carrierId: null, ruleId: randomUUID(), conditions: of(value) })
    await expect(installation([randomUUID()])).rejects.toEqual(refused('rule-condition'))
    await expect(installation([world.harbor, boreal])).rejects.toEqual(refused('rule-condition-empty'))
    await installation([boreal])
  })

  it('is a lead’s, of their own carrier', async () => {
    const form = { ...words, carrierId: world.harbor, ruleId: randomUUID() }
    await expect(writeRule(world.base.ann, form)).rejects.toEqual(refused('not-allowed'))
    await expect(writeRule(world.base.cleo, form)).rejects.toEqual(refused('not-found'))
    await expect(writeRule(world.lead, { ...form, carrierId: null })).rejects.toEqual(refused('not-found'))
    const ruleId = await world.draft()
    expect((await listRules(world.lead)).map(({ id }) => id)).toContain(ruleId)
    expect((await listRules(world.base.cleo)).map(({ id }) => id)).not.toContain(ruleId)
    await expect(findRule(world.base.cleo, ruleId)).rejects.toEqual(refused('not-found'))
  })

  it('is refused where somebody else has changed it meanwhile', async () => {
    const ruleId = await world.draft()
    await rewriteRule(world.second, { ...words, ruleId, edition: 1, name: 'Small ones' })
    await expect(rewriteRule(world.lead, { ...words, ruleId, edition: 1 })).rejects.toEqual(refused('rule-stale'))
    await expect(tryRule(world.lead, { ruleId, edition: 1 })).rejects.toEqual(refused('rule-stale'))
  })
})

describe('activating a rule', () => {
  it('takes another person than any who wrote in it, a proof, and a dry run of just this draft', async () => {
    await world.file(1, base)
    const ruleId = await world.draft()
    const activate = (by = world.second, edition = 1) => activateRule(by, { ruleId, edition, confirmed: true })
    await expect(activate()).rejects.toEqual(refused('rule-untried'))
    await world.tried(ruleId)
    await expect(activate(world.lead)).rejects.toEqual(refused('rule-own'))
    await expect(activate({ ...world.second, provedAt: null })).rejects.toEqual(refused('needs-proof'))
    await expect(activate(world.base.cleo)).rejects.toEqual(refused('not-found'))
    const third = await world.base.guard.staff('support_lead')
    await rewriteRule(world.second, { ...words, ruleId, edition: 1 })
    await expect(activate(third, 2)).rejects.toEqual(refused('rule-untried'))
    await world.tried(ruleId)
    await expect(activate(world.second, 2)).rejects.toEqual(refused('rule-own'))
    await expect(
      activateRule({ ...third, provedAt: later(new Date(), days) }, { ruleId, edition: 2 }, later(new Date(), days)),
    ).rejects.toEqual(refused('rule-untried'))
    await activate(third, 2)
    await expect(activate(third, 2)).rejects.toEqual(refused('rule-no-draft'))
    expect((await findRule(world.lead, ruleId)).active).toMatchObject({ number: 1, activated: { by: { self: false } } })
  })

  it('asks whether nearly everything is meant', async () => {
    await world.file(10, base)
    const ruleId = await world.draft()
    expect(await world.tried(ruleId)).toMatchObject({ lookedAt: 10, matched: 10, counts: { approve: 10 } })
    const activate = (confirmed: boolean) => activateRule(world.second, { ruleId, edition: 1, confirmed })
    await expect(activate(false)).rejects.toEqual(refused('rule-nearly-all'))
    await activate(true)
  })

  it('counts no word of somebody who has left', async () => {
    await world.file(1, base)
    const gone = await world.base.guard.staff('support_lead')
    const ruleId = await world.draft({}, gone)
    await world.tried(ruleId)
    await transaction(everyone, tx => tx.staff.update({ where: { id: gone.staffId }, data: { leftAt: new Date() } }))
    await expect(world.activated(ruleId)).rejects.toEqual(refused('rule-writer-gone'))
  })

  it('is held by the table as well: another person, and what was activated stays', async () => {
    const ruleId = await world.active()
    const [version] = await reader(everyone).ruleVersion.findMany({ where: { ruleId } })
    const run = (statement: string) => transaction(everyone, tx => tx.$executeRawUnsafe(statement))
    const change = (what: string) => run(`UPDATE rule_versions SET ${what} WHERE id = '${version!.id}'`)
    await expect(change(`name = 'Else'`)).rejects.toThrow(/does not change/)
    await expect(change(`conditions = '[]'`)).rejects.toThrow(/does not change/)
    await expect(change(`status = 'draft', activated_by = NULL, activated_at = NULL`)).rejects.toThrow(/not change/)
    await expect(run(`DELETE FROM rule_versions WHERE id = '${version!.id}'`)).rejects.toThrow(/stays/)
    const draft = await world.draft()
    const own = `status = 'active', activated_by = '${world.lead.staffId}', activated_at = now()`
    await expect(run(`UPDATE rule_versions SET ${own} WHERE rule_id = '${draft}'`)).rejects.toThrow(
      /rule_versions_another/,
    )
  })

  it('supersedes the version before it', async () => {
    const ruleId = await world.active()
    await rewriteRule(world.lead, { ...words, ruleId, edition: 0, action: { act: 'tag', tag: 'plain' } })
    const [request] = await world.file(1, base)
    expect(await apply(request!)).toBe('approve')
    await world.tried(ruleId)
    await world.activated(ruleId)
    const { versions } = await findRule(world.lead, ruleId)
    expect(versions.map(({ number, status }) => [number, status])).toEqual([
      [2, 'active'],
      [1, 'superseded'],
    ])
    const [next] = await world.file(1, base)
    expect(await apply(next!)).toBe('tag')
  })
})

describe('an active rule', () => {
  it('is asked about a request that was filed, and approves it in its name', async () => {
    const ruleId = await world.active()
    const { requestId } = await world.base.filed()
    const task = await reader(everyone).task.findFirstOrThrow({ where: { onceKey: `rules:${requestId}` } })
    expect(task).toMatchObject({ job: 'apply-rules', payload: { requestId } })
    expect(await apply(requestId)).toBe('approve')
    expect(await world.request(requestId)).toMatchObject({ status: 'approved', decidedBy: 'rule' })
    const by = { kind: 'request.approved', actorRole: 'system', actorId: 'rule', ruleId, ruleVersion: 1 }
    expect(await world.decided(requestId)).toEqual([by])
    expect(await apply(requestId)).toBe('none')
    expect(await world.decided(requestId)).toHaveLength(1)
    expect(await world.acts(requestId)).toHaveLength(1)
  })

  it('tags, raises and holds, and says so in the chain', async () => {
    const done = async (action: object) => {
      await world.clear()
      const ruleId = await world.active({ action })
      const [requestId] = await world.file(1, base)
      expect(await apply(requestId!)).toBe((action as { act: string }).act)
      const [event] = await world.decided(requestId!)
      expect(event).toMatchObject({ kind: 'rule.applied', ruleId, ruleVersion: 1 })
      expect(await apply(requestId!)).toBe('already')
      return world.ticket(requestId!)
    }
    const untouched = { touchedAt: null, ruled: 1, version: 2, status: 'open' }
    expect(await done({ act: 'tag', tag: 'plain' })).toMatchObject({ ...untouched, tags: ['plain'] })
    expect(await done({ act: 'priority', priority: 'high' })).toMatchObject({ ...untouched, priority: 'high' })
    const escalated = await done({ act: 'escalate' })
    expect(escalated).toMatchObject({ ...untouched, priority: 'normal', takenBy: null })
    expect(escalated.escalatedAt).not.toBeNull()
    const held = await done({ act: 'hold', reason: 'look-closer', hours: 5 })
    expect(held).toMatchObject(untouched)
    expect(Math.abs(held.waitsSince.getTime() - Date.now() - 5 * hours)).toBeLessThan(60_000)
  })

  it('links what is of no incident yet, and nothing that is of one or that the incident does not concern', async () => {
    const incidentId = await incidentOf([world.harbor])
    const other = await incidentOf([world.harbor], 'resolved')
    const action = { act: 'link', incidentId, waveCategory: 'contacts' }
    const [plain, theirs, filed, unlinked] = await world.file(4, base)
    const ids = await Promise.all([plain, theirs, filed, unlinked].map(async id => (await world.ticket(id!)).id))
    await linkTicket(world.lead, { ticketId: ids[1]!, incidentId: other })
    await transaction(everyone, tx => tx.ticket.update({ where: { id: ids[2]! }, data: { incidentId: other } }))
    await linkTicket(world.lead, { ticketId: ids[3]!, incidentId: other })
    await unlinkTicket(world.lead, { ticketId: ids[3]! })
    const ruleId = await world.draft({ name: 'Of the outage', action })
    const tried = await world.tried(ruleId)
    expect(tried).toMatchObject({ matched: 4, counts: { link: 1, touched: 2, linked: 1 } })
    expect((await world.ticket(plain!)).incidentId).toBeNull()
    await advanceRule(worker, { ruleRunId: await world.activated(ruleId) }, never)
    expect(await world.ticket(plain!)).toMatchObject({
      incidentId,
      waveCategory: 'contacts',
      touchedAt: null,
      ruled: 1,
    })
    for (const [id, was] of [[theirs, other] as const, [filed, other] as const, [unlinked, null] as const])
      expect((await world.ticket(id!)).incidentId).toBe(was)
    expect(await world.decided(plain!)).toMatchObject([{ kind: 'rule.applied', ruleId, ruleVersion: 1 }])
    expect((await readTimeline(world.lead, plain!)).find(({ kind }) => kind === 'rule.applied')).toMatchObject({
      what: 'link',
      rule: { name: 'Of the outage', version: 1 },
    })
    expect((await findRule(world.lead, ruleId)).active).toMatchObject({
      action,
      incidentTitle: { en: 'Contacts are missing', fr: 'Des contacts manquent' },
    })
  })

  it('links by what binds a person’s link, and an installation’s rule no carrier that the incident spares', async () => {
    const boreal = world.base.cleo.carrierId!
    const [theirs, draft, own] = [
      await incidentOf([boreal]),
      await incidentOf([world.harbor], 'draft'),
      await incidentOf([world.harbor]),
    ]
    const link = (incidentId: string, waveCategory: string | null = null) =>
      world.draft({ action: { act: 'link', incidentId, waveCategory } })
    for (const incidentId of [theirs, draft, randomUUID()])
      await expect(link(incidentId)).rejects.toEqual(refused('incident-unknown'))
    await expect(link(own, 'photos')).rejects.toEqual(refused('wave-unknown'))
    await expect(link(own, 'songs')).rejects.toEqual(refused('rule-waveCategory'))
    await expect(link('')).rejects.toEqual(refused('rule-incidentId'))
    const ivo = await world.installationLead()
    const action = { act: 'link', incidentId: theirs, waveCategory: null }
    await world.active({ carrierId: null, action }, ivo, await world.installationLead())
    const [spared] = await world.file(1, base)
    expect(await apply(spared!)).toBe('not-concerned')
    expect((await world.ticket(spared!)).incidentId).toBeNull()
  })

  it('is asked about a question as it comes, and the ticket names it', async () => {
    const ofPhotos = [{ fact: 'kind', op: 'any-of', value: ['wrong_account'] }]
    await world.active({ name: 'Somebody else’s', conditions: ofPhotos, action: { act: 'escalate' } })
    const said = { subject: 'Not mine', text: 'These are not my people.', language: 'en' } as const
    const asked = { ...said, aboutRequestId: null, subscriberId: base.ada.subscriberId }
    const { id } = await openQuestion(base.ada.actor, { ...asked, kind: 'wrong_account', openingKey: randomUUID() })
    const task = await reader(everyone).task.findFirstOrThrow({ where: { onceKey: `rules:${id}` } })
    expect(task).toMatchObject({ job: 'rule-on-question', payload: { ticketId: id } })
    expect(await applyRules(worker, { ticketId: id })).toBe('escalate')
    expect(await applyRules(worker, { ticketId: id })).toBe('already')
    const { escalatedAt, touchedAt } = await reader(everyone).ticket.findUniqueOrThrow({ where: { id } })
    expect([escalatedAt === null, touchedAt]).toEqual([false, null])
    const events = await readTicketTimeline(world.lead, id)
    expect(events.find(({ kind }) => kind === 'rule.applied')).toMatchObject({
      what: 'escalate',
      rule: { name: 'Somebody else’s', version: 1 },
    })
    const other = await openQuestion(base.ada.actor, { ...asked, kind: 'other', openingKey: randomUUID() })
    expect(await applyRules(worker, { ticketId: other.id })).toBe('none')
  })

  it('decides alone where it is the first: an installation’s before a carrier’s, then by position', async () => {
    const ivo = await world.installationLead()
    const ina = await world.installationLead()
    await world.active({ position: 5 })
    await world.active({ position: 1, action: { act: 'tag', tag: 'first' } })
    const [tagged] = await world.file(1, base)
    expect(await apply(tagged!)).toBe('tag')
    await world.active({ position: 900, action: { act: 'leave' } }, ivo, ina)
    const [left] = await world.file(1, base)
    expect(await apply(left!)).toBe('leave')
    expect(await world.acts(left!)).toEqual([])
  })

  it('is its carrier’s alone', async () => {
    const cora = await world.base.guard.staff('support_lead', 'boreal')
    await world.active({ carrierId: world.base.cleo.carrierId }, world.base.cleo, cora)
    const [request] = await world.file(1, base)
    expect(await apply(request!)).toBe('none')
  })

  it('is bound by what binds a person', async () => {
    await world.active()
    const frozen = await world.base.filed()
    await freezeSubscriber(frozen.ada.actor, frozen.ada)
    expect(await apply(frozen.requestId)).toBe('held-frozen')
    const fresh = await world.base.filed()
    await transaction(everyone, tx =>
      tx.deviceAccount.update({ where: { id: fresh.accountId }, data: { coolingUntil: later(new Date(), -hours) } }),
    )
    expect(await apply(fresh.requestId)).toBe('takes-two')
    const withheld = await world.base.filed()
    const { subscriberId } = withheld.ada
    await transaction(everyone, tx =>
      tx.recoveryBatch.updateMany({ where: { holdings: { some: { subscriberId } } }, data: { status: 'withheld' } }),
    )
    expect(await apply(withheld.requestId)).toBe('source-withheld')
    for (const { requestId } of [frozen, fresh, withheld]) {
      expect((await world.request(requestId)).status).toBe('filed')
      expect(await world.acts(requestId)).toEqual([])
    }
  })

  it('does nothing more once it is switched off, by one person', async () => {
    const ruleId = await world.active()
    await switchOffRule(world.lead, { ruleId })
    const [request] = await world.file(1, base)
    expect(await apply(request!)).toBe('none')
    await expect(switchOffRule(world.lead, { ruleId })).rejects.toEqual(refused('rule-not-active'))
    const events = await world.base.events(`rule:${ruleId}`)
    expect(events).toEqual(['rule.written', 'rule.tried', 'rule.activated', 'rule.switched-off'])
  })
})

describe('the backlog', () => {
  it('is tried without a change, page by page, and then goes as it was foretold', async () => {
    const frozen = await world.base.filed()
    await freezeSubscriber(frozen.ada.actor, frozen.ada)
    // More than a page, most of it nothing to the rule.
    const others = await world.file(510, base)
    await transaction(everyone, tx =>
      tx.restoreRequest.updateMany({ where: { id: { in: others } }, data: { rule: 'keep_current' } }),
    )
    await world.file(30, base)
    await world.file(3, base, { tags: ['seen'], touchedAt: new Date() })
    await world.active({ position: 1, conditions: [{ fact: 'damaged', op: 'at-least', value: 3 }] })
    const ruleId = await world.draft({ conditions: [{ fact: 'conflicts', op: 'any-of', value: ['merge'] }] })
    const before = await reader(everyone).ticket.findMany({ orderBy: { id: 'asc' } })
    const dry = await world.tried(ruleId)
    expect(await reader(everyone).ticket.findMany({ orderBy: { id: 'asc' } })).toEqual(before)
    expect(dry).toMatchObject({ status: 'done', total: 544, lookedAt: 544, matched: 34 })
    expect(dry.counts).toEqual({ none: 510, approve: 30, touched: 3, 'held-frozen': 1 })
    expect(dry.sample).toHaveLength(20)
    const ruleRunId = await world.activated(ruleId)
    expect(await advanceRule(worker, { ruleRunId }, never)).toBe('ended')
    const real = await world.run(ruleRunId)
    expect(real).toMatchObject({ status: 'done', lookedAt: dry.lookedAt, matched: dry.matched, counts: dry.counts })
    expect(await reader(everyone).ruleAct.count({ where: { version: { ruleId } } })).toBe(30)
    const approved = {
      status: 'approved',
      decidedBy: 'rule',
      ticket: { ruleActs: { some: { version: { ruleId } } } },
    } as const
    expect(await reader(everyone).restoreRequest.count({ where: approved })).toBe(30)
  }, 120_000)

  it('goes on behind the last one that counts, whenever it is let go', async () => {
    await world.file(12, base)
    const ruleId = await world.draft()
    await world.tried(ruleId)
    const ruleRunId = await world.activated(ruleId)
    let asked = 0
    for (let rounds = 0; (await advanceRule(worker, { ruleRunId }, () => ++asked % 4 === 0)) === 'again'; rounds++)
      expect(rounds).toBeLessThan(50)
    expect(await world.run(ruleRunId)).toMatchObject({ status: 'done', lookedAt: 12, counts: { approve: 12 } })
  })

  it('is left where the rule is switched off, and where the draft is changed', async () => {
    await world.file(12, base)
    const ruleId = await world.draft()
    await world.tried(ruleId)
    const ruleRunId = await world.activated(ruleId)
    let asked = 0
    expect(await advanceRule(worker, { ruleRunId }, () => ++asked > 6)).toBe('again')
    await switchOffRule(world.lead, { ruleId })
    expect(await advanceRule(worker, { ruleRunId }, never)).toBe('ended')
    expect(await world.run(ruleRunId)).toMatchObject({ status: 'stopped', lookedAt: 5, counts: { approve: 5 } })
    const draft = await world.draft()
    const run = await tryRule(world.lead, { ruleId: draft, edition: 1 })
    expect(await tryRule(world.lead, { ruleId: draft, edition: 1 })).toEqual(run)
    await rewriteRule(world.lead, { ...words, ruleId: draft, edition: 1 })
    expect(await advanceRule(worker, run, never)).toBe('ended')
    expect((await world.run(run.ruleRunId)).status).toBe('stopped')
  })

  it('is gone through once by two workers at the same time', async () => {
    const ids = await world.file(40, base)
    const ruleId = await world.draft()
    await world.tried(ruleId)
    const ruleRunId = await world.activated(ruleId)
    await Promise.all([1, 2, 3].map(() => advanceRule(worker, { ruleRunId }, never)))
    expect(await world.run(ruleRunId)).toMatchObject({ status: 'done', lookedAt: 40, counts: { approve: 40 } })
    for (const id of ids) expect(await world.decided(id)).toHaveLength(1)
  }, 60_000)
})
