import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import { parseInput } from '@/domain/parse-input'
import { authorizeEver } from '@/domain/policy'
import { asOneOfMany } from '@/domain/tasks'
import { reader, type Tx, transaction } from '@/domain/transaction'
import { actOnTicket } from '@/domain/triage/rules/act-on-ticket'
import { activeRules } from '@/domain/triage/rules/active-rules'
import { pageBehind, pageSize, readTickets } from '@/domain/triage/rules/read-tickets'
import { type AskedRule, firstMatch, obstacleOf, type RuledTicket } from '@/domain/triage/rules/verdict'
import type { RuleRun, RuleVersion } from '@/prisma/generated/client'

const advanceInput = z.object({ ruleRunId: z.uuid() })
/** Tickets of which a run keeps what came of each, for people to look at. */
export const sampleSize = 20

/** Its row is somewhere else than this worker read it: another worker goes on with it, or it has ended. */
class Overtaken extends Error {}

type Run = RuleRun & { version: RuleVersion }

/**
 * Goes through the tickets that waited when it was asked for, page by page, and counts what a version of a rule would do, or
 * does it. The cursor moves in the transaction of each act: killed anywhere, it goes on behind the last ticket that counts, and
 * holds one page at a time. Answers whether there is more to do.
 */
export async function advanceRule(
  actor: Actor,
  input: z.input<typeof advanceInput>,
  letGo: () => boolean,
): Promise<'ended' | 'again'> {
  const { ruleRunId } = parseInput(advanceInput, input)
  authorizeEver(actor, 'rule.run')
  for (;;) {
    const run = await reader(actor).ruleRun.findUnique({ where: { id: ruleRunId }, include: { version: true } })
    if (run?.status !== 'running') return 'ended'
    if (letGo()) return 'again'
    if (!isAsked(run)) return endWith(actor, run, 'stopped')
    const now = new Date()
    const rules = await activeRules(reader(actor), run.kind === 'dry_run' ? run.version : null)
    const page = await readTickets(reader(actor), pageBehind(run.cursorId, run.carrierId, run.askedAt), now)
    const isWhole = await goThrough(actor, run, rules, page, now, letGo)
    if (isWhole && page.length < pageSize) return endWith(actor, run, 'done')
  }
}

/** Whether it is still about what it was asked for: the draft as it was, or the rule as long as it is active. */
const isAsked = ({ kind, edition, version }: Run): boolean =>
  kind === 'dry_run' ? version.status === 'draft' && version.edition === edition : version.status === 'active'

async function endWith(actor: Actor, { id }: Run, status: 'done' | 'stopped'): Promise<'ended'> {
  await transaction(actor, tx =>
    tx.ruleRun.updateMany({ where: { id, status: 'running' }, data: { status, endedAt: new Date() } }),
  )
  return 'ended'
}

/** Answers whether every ticket of the page was looked at: not where there is no more time, or another worker goes on. */
async function goThrough(
  actor: Actor,
  run: Run,
  rules: AskedRule[],
  page: RuledTicket[],
  now: Date,
  letGo: () => boolean,
): Promise<boolean> {
  let written: Tally = tallyOf(run)
  let tally = written
  try {
    for (const ticket of page) {
      if (letGo()) break
      const { code, rule } = verdictOn(rules, run.version, ticket)
      const counted = count(tally, ticket, code)
      if (rule === null || run.kind === 'dry_run') tally = counted
      else {
        const from = written.cursorId
        const refused = await act(actor, run, from, counted, tx => actOnTicket(tx, actor, rule, ticket, now))
        tally = refused === null ? counted : count(tally, ticket, refused)
        if (refused === null) written = counted
      }
    }
    if (tally !== written) await transaction(actor, tx => write(tx, run, written.cursorId, tally))
  } catch (error) {
    if (error instanceof Overtaken) return false
    throw error
  }
  return tally.cursorId === (page.at(-1)?.ticketId ?? run.cursorId)
}

/** What this version comes to on a ticket; `rule` is null where nothing is to be done. */
function verdictOn(
  rules: AskedRule[],
  { id }: RuleVersion,
  ticket: RuledTicket,
): { code: string; rule: AskedRule | null } {
  const own = rules.find(({ versionId }) => versionId === id)
  if (!own || firstMatch([own], ticket) === null) return { code: 'none', rule: null }
  if (firstMatch(rules, ticket) !== own) return { code: 'earlier', rule: null }
  const against = obstacleOf(own, ticket)
  return against === null ? { code: own.action.act, rule: own } : { code: against, rule: null }
}

/** Acts, and writes down that it did, in one transaction; answers the code of a refusal, which leaves both undone. */
async function act(
  actor: Actor,
  run: Run,
  from: string | null,
  counted: Tally,
  work: (tx: Tx) => Promise<void>,
): Promise<string | null> {
  try {
    await transaction(actor, async tx => {
      await write(tx, run, from, counted)
      await asOneOfMany(tx)
      await work(tx)
    })
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
}

interface Sampled {
  ticketId: string
  code: string
}

/** How far a run is, and what came of what it has looked at. */
interface Tally {
  cursorId: string | null
  lookedAt: number
  matched: number
  counts: Record<string, number>
  sample: Sampled[]
}

const tallyOf = ({ cursorId, lookedAt, matched, counts, sample }: Run): Tally => ({
  ...{ cursorId, lookedAt, matched },
  counts: counts as Record<string, number>,
  sample: sample as unknown as Sampled[],
})

function count({ lookedAt, matched, counts, sample }: Tally, { ticketId }: RuledTicket, code: string): Tally {
  const isMatch = code !== 'none'
  return {
    cursorId: ticketId,
    lookedAt: lookedAt + 1,
    matched: matched + (isMatch ? 1 : 0),
    counts: { ...counts, [code]: (counts[code] ?? 0) + 1 },
    sample: isMatch && sample.length < sampleSize ? [...sample, { ticketId, code }] : sample,
  }
}

/** Moves the row from where this worker left it; waits for another that moves it at this moment. */
async function write(tx: Tx, { id }: Run, from: string | null, tally: Tally): Promise<void> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM rule_runs WHERE id = ${id}::uuid AND status = 'running' AND cursor_id IS NOT DISTINCT FROM ${from}::uuid
    FOR UPDATE`
  if (rows.length === 0) throw new Overtaken()
  const { sample, ...rest } = tally
  await tx.ruleRun.update({ where: { id }, data: { ...rest, sample: sample.map(one => ({ ...one })) } })
}
