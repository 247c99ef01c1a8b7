// tsx bench/audit-verify-child.ts fill|verify FOLDER [ROWS]: fills an installation's event chains and publishes a root over them, or
// verifies them and prints this process's peak resident size in bytes and the rows a second.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { beginInstallation } from '@/bench/installation'
import { system } from '@/domain/actor'
import { chainBegin, eventHash } from '@/domain/event-hash'
import { publishRoot } from '@/domain/evidence/publish-root'
import { verifyChains } from '@/domain/evidence/verify-chains'
import { transaction } from '@/domain/transaction'

const [what, folder, rows] = process.argv.slice(2)
const actor = system('bench')
const chainLength = 10
const pageSize = 5_000
/** Behind what the installation's sequence gives while it begins. */
const firstId = 1_000_000_000n

/** Chains of ten rows each, as requests have them. */
function* chains(count: number) {
  const at = new Date()
  let id = firstId
  for (let written = 0; written < count; written += chainLength) {
    const subject = `request:${randomUUID()}`
    let previous = chainBegin
    for (let seq = 1; seq <= chainLength; seq++) {
      const data = JSON.stringify({ reason: 'account-full', runId: randomUUID(), subscriberId: randomUUID() })
      const common = { id, subject, seq, kind: 'request.waiting', carrierId: null, actorId: 'worker' }
      const hash = eventHash(previous, { ...common, actorRole: 'system', at, data })
      const hashes = { previous: previous.toString('hex'), hash: hash.toString('hex') }
      yield {
        id: String(id++),
        subject,
        seq,
        kind: common.kind,
        actor_id: common.actorId,
        at: at.toISOString(),
        data,
        ...hashes,
      }
      previous = hash
    }
  }
}

async function insert(page: object[]): Promise<void> {
  await transaction(
    actor,
    tx => tx.$executeRaw`
      INSERT INTO events (id, subject, seq, kind, actor_role, actor_id, at, data, previous, hash)
      SELECT id, subject, seq, kind, 'system', actor_id, at, data, decode(previous, 'hex'), decode(hash, 'hex')
      FROM json_to_recordset(${JSON.stringify(page)}::json)
        AS e(id bigint, subject text, seq int, kind text, actor_id text, at timestamptz, data text, previous text, hash text)`,
  )
}

const at = await beginInstallation(folder)
const { signer } = at.services
if (what === 'fill') {
  let page: object[] = []
  for (const row of chains(Number(rows))) {
    page.push(row)
    if (page.length < pageSize) continue
    await insert(page)
    page = []
  }
  if (page.length > 0) await insert(page)
  await publishRoot(actor, { signer, installation: 'https://homeward.example' })
} else {
  const verdict = await verifyChains(actor, { signer })
  if (!verdict.whole || verdict.publishedRoots !== 1) throw new Error(`Not whole: ${JSON.stringify(verdict)}`)
  // Not getrusage: its peak begins with that of the process that started this one.
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))
  console.log(JSON.stringify({ peak: Number(peak![1]) * 1024, rowsPerSecond: verdict.rowsPerSecond }))
}
await at.end()
process.exit(0)
