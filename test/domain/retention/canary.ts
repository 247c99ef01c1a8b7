import { randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { system } from '@/domain/actor'
import { recordEvent } from '@/domain/events'
import { keyBytes, recipientKey } from '@/domain/notification/recipient-key'
import { addressContext } from '@/domain/notification/subscription-secrets'
import { personalTables } from '@/domain/retention/personal-tables'
import { type Tx, transaction } from '@/domain/transaction'
import type { RestoreWorld } from '@/test/support/restore-world'

/** Whatever names the person somewhere holds this: it stands nowhere else. */
export const mark = 'kanarie7f3a'
export const accountId = `${mark}-account`
export const email = `${mark}@people.example`
export const oldEmail = `${mark}-before@people.example`
export const phone = '+12025550147'

export interface Canary {
  id: string
  carrierId: string
  requestId: string
  accountId: string
}

/** As the tables' owner, who sees every carrier's rows. */
export const asOwner = (): Promise<pg.Client> => connected(process.env.DATABASE_OWNER_URL!)
export const asApplication = (): Promise<pg.Client> => connected(process.env.DATABASE_URL!)

async function connected(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  await client.query(`SELECT set_config('homeward.carrier', '*', false)`)
  return client
}

/** One row at least in every table that can hold something of a person, beside what a restore has left. */
export async function fillRows(world: RestoreWorld, { id, carrierId, requestId, accountId: device }: Canary) {
  const { secrets } = world.open.services
  const own = { carrierId, subscriberId: id }
  const [soon, past] = [new Date(Date.now() + 3_600_000), new Date(Date.now() - 86_400_000)]
  await transaction('every-carrier', async tx => {
    await tx.message.create({ data: { ...own, template: 'filed', dedupKey: randomUUID(), sentAt: past } })
    const code = await tx.identityCode.create({
      data: { ...own, sessionId: randomUUID(), expiresAt: past, spentAt: past },
    })
    await tx.codeGuard.create({ data: own })
    await tx.factorChange.create({
      data: { ...own, kind: 'address', previous: oldEmail, changedAt: new Date(Date.now() - 20 * 86_400_000) },
    })
    await tx.freeze.create({ data: { ...own, source: 'own', askedBy: 'a', endedBy: 'b', endedAt: past } })
    const asked = {
      askedAt: past,
      opensAt: new Date(past.getTime() + 259_200_000),
      endsAt: new Date(past.getTime() + 400_000_000),
    }
    await tx.releaseWait.create({ data: { ...own, ...asked, stoppedAt: past } })
    const key = {
      publicKey: Buffer.from('key'),
      counter: 0,

      deviceType: 'singleDevice',
      backedUp: false,
    } as const
    await tx.passkey.create({
      data: { ...own, ...key, transports: ['usb'], credentialId: `${mark}-credential`, name: 'My key' },
    })
    const user = await tx.signInUser.create({ data: { email, name: `${mark} name`, image: `${mark} image` } })
    await tx.signInSession.create({
      data: { userId: user.id, subscriberId: id, sessionToken: 'a'.repeat(64), expires: soon },
    })
    await tx.signInToken.create({ data: { identifier: email, token: `${mark}-token`, expires: soon } })
    await tx.passkeyChallenge.create({
      data: { hash: Buffer.alloc(32, 7), purpose: `subscriber:${id}:prove`, expires: soon },
    })
    await tx.keptForm.create({ data: { sealed: Buffer.from(mark) } })
    await tx.adviceShown.create({ data: { ...own, adviceId: randomUUID(), place: 'page' } })
    const broadcast = await tx.broadcast.create({ data: { kind: 'update', contentDigest: Buffer.alloc(32) } })
    const subscriptionId = randomUUID()
    const addressKey = keyBytes(recipientKey(secrets, 'mail', email))
    const address = secrets.seal(email, addressContext(subscriptionId))
    await tx.subscription.create({
      data: {
        id: subscriptionId,
        channel: 'mail',
        address,
        addressKey,
        topics: { create: { kind: 'carrier', targetId: carrierId } },
      },
    })
    const sent = { broadcastId: broadcast.id, channel: 'mail', language: 'en' } as const
    await tx.delivery.create({
      data: { ...sent, ...own, recipientKey: Buffer.alloc(32, 1), providerId: `${mark}-provider` },
    })
    await tx.delivery.create({ data: { ...sent, subscriptionId, recipientKey: addressKey } })
    await tx.suppression.create({ data: { channel: 'mail', addressKey, reason: 'asked' } })
    await tx.requestApproval.create({ data: { requestId, carrierId, approvedBy: `${mark} approver` } })
    const holding = await tx.holding.findFirstOrThrow({ where: { subscriberId: id } })
    await tx.requestChoice.create({ data: { requestId, carrierId, holdingId: holding.id, ordinal: 0 } })
    const decided = { status: 'refused', askedBy: randomUUID(), decidedBy: randomUUID(), decidedAt: past } as const
    const times = { askedAt: past, expiresAt: soon }
    await tx.decision.create({
      data: { kind: 'overwrite', carrierId, requestId, reason: mark, note: mark, ...decided, ...times },
    })
    const over = { endAskedBy: randomUUID(), endedBy: randomUUID(), endedAt: past }
    const held = { scope: 'subscriber', subjectId: id, placedBy: randomUUID() } as const
    await tx.legalHold.create({ data: { carrierId, ...held, ...over, reason: mark, reference: `${mark} case` } })
    const other = { kind: 'other', subject: mark, reference: `${mark}-ticket`, waitsSince: past } as const
    const { id: ticketId } = await tx.ticket.create({
      data: { ...own, ...other, tags: [mark], heldUntil: past, heldReason: mark },
    })
    const said = { text: mark, language: 'en', messageId: `${mark}@people.example` } as const
    const { id: entryId } = await tx.ticketEntry.create({
      data: { ...own, ticketId, kind: 'from_subscriber', ...said },
    })
    const file = { ordinal: 0, name: mark, size: 1, mediaType: 'text/plain' } as const
    await tx.ticketFile.create({ data: { ...own, ticketId, entryId, ...file } })
    await tx.ticketItem.create({
      data: { ...own, ticketId, category: 'contacts', file: mark, ordinal: 0, title: mark },
    })
    const elsewhere = { ...own, ...other, reference: `${mark}-into` }
    const { id: intoId } = await tx.ticket.create({ data: elsewhere })
    await tx.ticket.update({ where: { id: ticketId }, data: { mergedInto: intoId } })
    const merge = { mergedBy: randomUUID(), mergedAt: past, before: {}, intoVersion: 2 }
    const { id: mergeId } = await tx.ticketMerge.create({ data: { ...own, ticketId, intoId, ...merge } })
    const [watcher] = await tx.staff.findMany({ take: 1 })
    if (watcher !== undefined)
      await tx.ticketWatcher.create({
        data: { ticketId: intoId, staffId: watcher.id, carrierId, since: past, mergeId },
      })
    const vouched = { kind: 'other', note: mark, reference: mark, madeAt: past, recordedAt: past } as const
    await tx.identityCheck.create({
      data: { ...own, ticketId, ...vouched, recordedBy: `${mark} agent`, recordedRole: `${mark} role` },
    })
    await tx.restoreAnswer.create({ data: { ...own, requestId, verdict: 'looks_right', answeredAt: past } })
    await tx.ticketRating.create({ data: { ...own, ticketId, score: 2, comment: mark, language: 'en', givenAt: past } })
    const outage = { slug: randomUUID(), titleEn: 'Outage', titleFr: 'Panne', startedAt: past }
    const { id: incidentId } = await tx.incident.create({ data: outage })
    const rules = { carrierId, incidentId, number: 1, lines: [], notifyDays: 5, zone: 'UTC', writtenAt: past }
    const { id: rulesId } = await tx.compensationVersion.create({
      data: { ...rules, notifyFrom: 'decision', writers: [randomUUID()] },
    })
    const granted = { line: 0, grantKind: 'words', wordsEn: mark, wordsFr: mark, notifyBy: past } as const
    await tx.compensationDecision.create({
      data: { ...own, ...granted, incidentId, versionId: rulesId, reference: mark, evidence: {}, decidedAt: past },
    })
    const stood = {
      name: 'Plain ones',
      position: 1,
      conditions: [],
      action: { act: 'leave' },
      writtenAt: past,
    } as const
    const { id: ruleId } = await tx.triageRule.create({ data: { carrierId, createdBy: randomUUID() } })
    const version = { ...stood, ruleId, carrierId, number: 1, writers: [randomUUID()] }
    const { id: versionId } = await tx.ruleVersion.create({ data: version })
    await tx.ruleAct.create({ data: { ...own, ticketId, versionId, at: past } })
    const reply = { kind: 'reply', filter: {}, what: { act: 'reply' }, textEn: 'Soon.', textFr: 'Bientôt.' } as const
    const begun = { draftedAt: past, begunAt: past, endedAt: past, status: 'done', counted: 1 } as const
    const asker = { carrierId, askedBy: randomUUID(), askingKey: randomUUID() }
    const { id: massActId } = await tx.massAct.create({ data: { ...reply, ...begun, ...asker } })
    await tx.massTarget.create({ data: { ...own, massActId, ticketId, outcome: 'done', entryId, at: past } })
    const token = await tx.machineToken.create({
      data: { carrierId, name: 'Program', scopes: [], hash: randomBytes(32), expiresAt: soon },
    })
    const kept = { key: `${mark}-key`, fingerprint: Buffer.alloc(32), status: 201, sealed: Buffer.from(mark) }
    await tx.keptAnswer.create({ data: { ...own, tokenId: token.id, ...kept } })
    await tx.ticketClock.create({
      data: { ...own, ticketId, clock: 'decision', minutes: 60, startedAt: past, runningSince: past, dueAt: soon },
    })
    const aside = { status: 'aside', reason: mark, settledAt: past, mailKey: Buffer.alloc(32, 3) } as const
    await tx.mailIn.create({ data: { ...own, ticketId, ...aside, fromAddress: oldEmail } })
    await betweenTwo(tx, { id, carrierId, requestId, accountId: device })
    const view = {
      viewerId: 'a',
      viewerRole: 'support_lead',
      reason: 'asked',
      note: mark,
      category: 'contacts',
    } as const
    await tx.contentView.create({
      data: {
        ...own,
        ...view,
        requestId,
        holdingId: holding.id,
        openedAt: past,
        expiresAt: new Date(past.getTime() + 600_000),
      },
    })
    await tx.deviceAccount.update({ where: { id: device }, data: { host: `https://${mark}.example:443` } })
    await tx.host.create({ data: { host: `https://${mark}.example:443`, reason: 'slow' } })
    const run = await tx.run.findFirstOrThrow({ where: { requestId } })
    // Its name is for the task that follows, and not for the chain.
    const host = `https://${mark}.example:443`
    const happened = {
      subject: `request:${requestId}`,
      kind: 'request.resumed',
      carrierId,
      data: { runId: run.id, host },
    } as const
    await recordEvent(tx, system('test'), happened)
    await tx.task.updateMany({ where: { host }, data: { status: 'done' } })
    const done = { status: 'done', carrierId, host: `https://${mark}.example:443` } as const
    const task = await tx.task.create({ data: { ...done, job: 'look-again', payload: { runId: run.id } } })
    await world.open.queue.add([{ taskId: String(task.id), attempt: 1, job: 'look-again' }])
    await tx.task.create({ data: { ...done, job: 'send-code', payload: { codeId: code.id } } })
    await tx.task.create({ data: { ...done, job: 'send-confirmation', payload: { subscriptionId } } })
  })
}

/** The person's records into another's account, and another's into theirs. */
async function betweenTwo(tx: Tx, { id, carrierId, requestId, accountId: device }: Canary): Promise<void> {
  const name = randomUUID()
  const other = await tx.subscriber.create({
    data: { carrierId, accountId: name, email: `${name}@people.example` },
  })
  const host = 'vdir'
  const place = { carrierId, subscriberId: other.id, kind: 'vdir', label: 'Other', url: '/other', host } as const
  const account = await tx.deviceAccount.create({ data: place })
  const filed = { carrierId, subscriberId: other.id, accountId: account.id, reference: name, filingKey: name } as const
  const request = await tx.restoreRequest.create({ data: { ...filed, rule: 'keep_both' } })
  const ended = { carrierId, status: 'refused', endReason: 'asked', endedAt: new Date() } as const
  const times = { askedAt: new Date(), expiresAt: new Date(), decidedAt: new Date() }
  const decided = { carrierId, kind: 'cross_account', status: 'refused', reason: mark, note: mark, ...times } as const
  for (const between of [
    { sourceRequestId: requestId, sourceId: id, targetId: other.id, accountId: account.id },
    { sourceRequestId: request.id, sourceId: other.id, targetId: id, accountId: device },
  ]) {
    const who = { askedBy: randomUUID(), decidedBy: randomUUID(), requestId: between.sourceRequestId }
    const { id: decisionId } = await tx.decision.create({ data: { ...decided, ...who } })
    await tx.crossing.create({ data: { ...ended, ...between, decisionId } })
  }
}

/** What says in a table which rows are the person's; tables of personal-tables.ts say it there. */
const rowsOf: Record<string, string> = {
  subscribers: `id = $1::uuid`,
  content_views: `subscriber_id = $1::uuid`,
  deliveries: `subscriber_id = $1::uuid`,
  hosts: `host LIKE '%${mark}%'`,
  tasks: `host LIKE '%${mark}%'`,
  sign_in_users: `email = '${email}'`,
  sign_in_tokens: `identifier = '${email}'`,
  passkey_challenges: `purpose LIKE '%' || $1 || '%'`,
  kept_forms: `true`,
  subscriptions: `channel = 'mail'`,
  subscription_topics: `true`,
  suppressions: `channel = 'mail'`,
  batch_exceptions: `path LIKE '%${mark}%'`,
  'search.people': `subscriber_id = $1::uuid`,
  'search.entries': `ticket_id IN (SELECT id FROM tickets WHERE subscriber_id = $1::uuid)`,
  queue_keys: `ticket_id IN (SELECT id FROM tickets WHERE subscriber_id = $1::uuid)`,
}

const ids = {
  subscriber: `SELECT $1::uuid`,
  requests: `SELECT id FROM restore_requests WHERE subscriber_id = $1::uuid`,
  runs: `SELECT r.id FROM runs r JOIN restore_requests q ON q.id = r.request_id WHERE q.subscriber_id = $1::uuid`,
  accounts: `SELECT id FROM device_accounts WHERE subscriber_id = $1::uuid`,
}
for (const { table, column, ids: of } of personalTables) {
  const theirs = `${column} IN (${ids[of]})`
  rowsOf[table] = rowsOf[table] === undefined ? theirs : `${rowsOf[table]} OR ${theirs}`
}
export const personal: Readonly<Record<string, string>> = rowsOf

/** Columns that erasure or another part reads, a constraint knows, or that hold the mark already. */
const asTheyAre = new Set([
  ...['subscribers.account_id', 'subscribers.email', 'subscribers.phone', 'subscribers.phone_index'],
  ...['device_accounts.host', 'hosts.host', 'tasks.host', 'tasks.payload', 'tasks.once_key', 'tasks.job'],
  ...['runs.wait_reason', 'factor_changes.kind', 'factor_changes.previous', 'freezes.source', 'messages.channel'],
  'mails_in.dismiss_reason',
  ...['freezes.asked_by', 'freezes.ended_by', 'identity_codes.purpose', 'code_guards.purpose'],
  ...['sign_in_users.email', 'sign_in_tokens.identifier', 'passkey_challenges.purpose'],
  ...['subscriptions.address', 'subscriptions.address_key', 'suppressions.address_key', 'search.people.words'],
  ...['search.entries.words', 'queue_keys.key', 'queue_keys.status'],
  ...['run_categories.snapshot_key', 'run_categories.plan_key', 'batch_exceptions.path', 'batch_exceptions.unknown_id'],
  ...[
    'decisions.wave_note_en',
    'decisions.wave_note_fr',
    'ticket_files.refused',
    'tickets.held_reason',
    'ticket_entries.act',
  ],
  ...['decisions.wave_note_en', 'decisions.wave_note_fr', 'ticket_files.refused'],
  ...['identity_checks.note', 'identity_checks.reference', 'identity_checks.recorded_by'],
  'identity_checks.recorded_role',
  ...[
    'compensation_decisions.currency',
    'batch_exceptions.reason',
    'subscription_topics.kind',
    'passkeys.transports',
    'passkey_challenges.hash',
  ],
])

export interface Column {
  table: string
  column: string
  type: string
}

/** Every column of the database that can hold words or bytes. */
export async function columnsOf(owner: pg.Client): Promise<Column[]> {
  const { rows } = await owner.query<Column>(`
    SELECT CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname AS "table",
           a.attname AS "column", format_type(a.atttypid, NULL) AS type
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
      AND n.nspname IN ('public', 'search') AND c.relname <> '_prisma_migrations'
      AND format_type(a.atttypid, NULL) IN ('text', 'text[]', 'character varying', 'bytea', 'json', 'jsonb', 'xml', 'name')
    ORDER BY 1, 2`)
  return rows
}

const values: Record<string, (text: string) => string> = {
  text: text => `'${text} ' || ctid::text`,
  'text[]': text => `ARRAY['${text}']`,
  bytea: text => `convert_to('${text} ' || ctid::text, 'UTF8')`,
  jsonb: text => `jsonb_build_object('is', '${text}')`,
}

/** Writes the mark into every such column of the person's rows. Answers tables where they have no row at all. */
export async function markColumns(owner: pg.Client, id: string): Promise<string[]> {
  const empty: string[] = []
  const tables = new Map<string, Column[]>()
  for (const one of await columnsOf(owner)) tables.set(one.table, [...(tables.get(one.table) ?? []), one])
  for (const [table, where] of Object.entries(rowsOf)) {
    const name = table
      .split('.')
      .map(part => `"${part}"`)
      .join('.')
    const parameters = where.includes('$1') ? [id] : []
    const { rows } = await owner.query(`SELECT count(*)::int AS n FROM ${name} WHERE ${where}`, parameters)
    if (rows[0].n === 0) empty.push(table)
    for (const { column, type } of tables.get(table) ?? []) {
      if (asTheyAre.has(`${table}.${column}`)) continue
      const value = values[type]!(`${mark} in ${table}.${column}`)
      await owner.query(`UPDATE ${name} SET "${column}" = ${value} WHERE ${where}`, parameters)
    }
  }
  return empty
}
