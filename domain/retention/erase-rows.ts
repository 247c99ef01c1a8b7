import { keysOf, type Locator } from '@/domain/retention/locator'
import { type PersonalIds, type PersonalTable, personalTables } from '@/domain/retention/personal-tables'
import type { Secrets } from '@/domain/subscriber/secrets'
import { Prisma, type Tx } from '@/domain/transaction'

/** Minutes for which a form that was kept for a moment may still hold what somebody entered (gateways/kept-forms.ts). */
export const keptFormMinutes = 15

/**
 * Deletes every row of a subscriber's, and what names them in rows of others. Events stay: they hold ids and codes. Answers
 * how many rows went, by table. In one transaction with the erasure's end.
 */
export async function eraseRows(
  tx: Tx,
  secrets: Secrets,
  { subscriberId, locator, now }: { subscriberId: string; locator: Locator; now: Date },
  tables: readonly PersonalTable[] = personalTables,
): Promise<Record<string, number>> {
  const ids = await idsOf(tx, subscriberId)
  const counts: Record<string, number> = {}
  const gone = async (table: string, rows: Promise<number>) => {
    counts[table] = (counts[table] ?? 0) + (await rows)
  }
  // Before the rows go that say which tasks and hosts were theirs.
  await gone('tasks', eraseTasks(tx, subscriberId, ids))
  await gone('hosts', eraseHosts(tx, ids.accounts))
  await eraseTelling(tx, gone, keysOf(secrets, locator), subscriberId)
  await eraseSignIn(tx, gone, locator.addresses, subscriberId)
  const before = new Date(now.getTime() - keptFormMinutes * 60_000)
  await gone(
    'kept_forms',
    tx.keptForm.deleteMany({ where: { createdAt: { lte: before } } }).then(one => one.count),
  )
  const [views] = await tx.$queryRaw<{ gone: number }[]>`SELECT erase_content_views(${subscriberId}::uuid) AS gone`
  counts.content_views = views?.gone ?? 0
  await gone('words', forgetWords(tx, subscriberId))
  for (const { table, column, ids: of } of tables) {
    const [name, by] = [Prisma.raw(`"${table}"`), Prisma.raw(`"${column}"`)]
    await gone(table, tx.$executeRaw`DELETE FROM ${name} WHERE ${by} = ANY (${ids[of]}::uuid[])`)
  }
  await gone('subscribers', tx.$executeRaw`DELETE FROM subscribers WHERE id = ${subscriberId}::uuid`)
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}

async function idsOf(tx: Tx, subscriberId: string): Promise<Record<PersonalIds, string[]>> {
  const [requests, runs, accounts] = await Promise.all([
    tx.restoreRequest.findMany({ where: { subscriberId }, select: { id: true } }),
    tx.run.findMany({ where: { request: { subscriberId } }, select: { id: true } }),
    tx.deviceAccount.findMany({ where: { subscriberId }, select: { id: true } }),
  ])
  const idOf = (one: { id: string }) => one.id
  return {
    subscriber: [subscriberId],
    requests: requests.map(idOf),
    runs: runs.map(idOf),
    accounts: accounts.map(idOf),
  }
}

/** Everything that was to be done for them, by the ids in it; what the queue still holds of it finds no task any more. */
function eraseTasks(tx: Tx, subscriberId: string, { runs }: { runs: string[] }): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM tasks WHERE payload ->> 'runId' = ANY (${runs}::text[])
      OR payload ->> 'messageId' IN (SELECT id::text FROM messages WHERE subscriber_id = ${subscriberId}::uuid)
      OR payload ->> 'codeId' IN (SELECT id::text FROM identity_codes WHERE subscriber_id = ${subscriberId}::uuid)`
}

/** What staff wrote about them in rows that stay: holds that were, and what was decided about another's request and them. */
async function forgetWords(tx: Tx, subscriberId: string): Promise<number> {
  const holds = await tx.$executeRaw`
    UPDATE legal_holds SET reason = '—', reference = id::text
    WHERE scope = 'subscriber' AND subject_id = ${subscriberId}::uuid`
  const decisions = await tx.$executeRaw`
    UPDATE decisions SET reason = '—', note = NULL
    WHERE id IN (SELECT decision_id FROM crossings WHERE target_id = ${subscriberId}::uuid)`
  return holds + decisions
}

/** A server that only they had may bear their name. */
function eraseHosts(tx: Tx, accounts: string[]): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM hosts h WHERE h.host IN (SELECT host FROM device_accounts WHERE id = ANY (${accounts}::uuid[]))
      AND NOT EXISTS (SELECT FROM device_accounts o WHERE o.host = h.host AND o.id <> ALL (${accounts}::uuid[]))`
}

type Gone = (table: string, rows: Promise<number>) => Promise<void>

/** What was sent to them, their own subscriptions to the public page, and what keeps mail from an address that is theirs. */
async function eraseTelling(tx: Tx, gone: Gone, keys: Prisma.Sql, subscriberId: string): Promise<void> {
  const theirs = Prisma.sql`
    SELECT s.id FROM subscriptions s JOIN ${keys} k ON s.channel = k.channel AND s.address_key = k.key`
  await gone(
    'tasks',
    tx.$executeRaw`DELETE FROM tasks WHERE payload ->> 'subscriptionId' IN (SELECT id::text FROM (${theirs}) t)`,
  )
  await gone(
    'deliveries',
    tx.$executeRaw`
      DELETE FROM deliveries d WHERE d.subscriber_id = ${subscriberId}::uuid OR d.subscription_id IN (${theirs})
        OR EXISTS (SELECT FROM ${keys} k WHERE d.channel = k.channel AND d.recipient_key = k.key)`,
  )
  await gone(
    'subscription_topics',
    tx.$executeRaw`DELETE FROM subscription_topics WHERE subscription_id IN (${theirs})`,
  )
  await gone('subscriptions', tx.$executeRaw`DELETE FROM subscriptions WHERE id IN (${theirs})`)
  await gone(
    'suppressions',
    tx.$executeRaw`
      DELETE FROM suppressions s USING ${keys} k WHERE s.channel = k.channel AND s.address_key = k.key`,
  )
}

async function eraseSignIn(tx: Tx, gone: Gone, addresses: string[], subscriberId: string): Promise<void> {
  await gone(
    'sign_in_tokens',
    tx.$executeRaw`DELETE FROM sign_in_tokens WHERE lower(identifier) = ANY (${addresses}::text[])`,
  )
  await gone('sign_in_users', tx.$executeRaw`DELETE FROM sign_in_users WHERE lower(email) = ANY (${addresses}::text[])`)
  await gone(
    'passkey_challenges',
    tx.$executeRaw`DELETE FROM passkey_challenges WHERE strpos(purpose, ${subscriberId}) > 0`,
  )
}
