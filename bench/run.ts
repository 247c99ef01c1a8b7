import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import path from 'node:path'
import { benchAuditVerify } from '@/bench/audit-verify'
import { benchBulkApproval } from '@/bench/bulk-approval'
import { benchClaims } from '@/bench/claims'
import { benchContentReader } from '@/bench/content-reader'
import { benchFanOut } from '@/bench/fan-out'
import { benchFilingBacklog } from '@/bench/filing-backlog'
import { type BenchResult, benchIntake } from '@/bench/intake'
import { benchMemory, memoryFlags } from '@/bench/memory'
import { benchPipeline } from '@/bench/pipeline'
import { benchPublishDelay } from '@/bench/publish-delay'
import { benchRequests } from '@/bench/requests'
import { benchRowLevelSecurity } from '@/bench/row-level-security'
import { benchStatusOutage } from '@/bench/status-outage'
import { benchStatusSite } from '@/bench/status-site'
import { benchTriage } from '@/bench/triage'

/** Every figure, by the name under which `npm run bench -- NAME` measures it alone. */
const figures: Record<string, () => Promise<BenchResult | BenchResult[]>> = {
  pipeline: benchPipeline,
  requests: benchRequests,
  'content-reader': benchContentReader,
  intake: benchIntake,
  memory: benchMemory,
  'fan-out': benchFanOut,
  'status-site': benchStatusSite,
  'publish-delay': benchPublishDelay,
  'status-outage': benchStatusOutage,
  'audit-verify': benchAuditVerify,
  'row-level-security': benchRowLevelSecurity,
  claims: benchClaims,
  'filing-backlog': benchFilingBacklog,
  triage: benchTriage,
  'bulk-approval': benchBulkApproval,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !Object.hasOwn(figures, name))
if (unknown.length > 0) {
  console.error(`There is no figure ${unknown.join(', ')}: ${Object.keys(figures).join(', ')}.`)
  process.exit(2)
}
const results = path.resolve('bench/results')
mkdirSync(results, { recursive: true })
const names = wanted.length > 0 ? wanted : Object.keys(figures)
if (names.length === 1) await measure(names[0]!)
// Each in a process of its own: what one leaves behind in the heap and in compiled code would slow the next.
else
  for (const name of names)
    spawnSync(process.execPath, [...memoryFlags(), '--import', 'tsx', 'bench/run.ts', name], { stdio: 'inherit' })
process.exit(0)

async function measure(name: string): Promise<void> {
  console.error(`Measuring ${name} …`)
  const measured = [await figures[name]!()].flat()
  const machine = { cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30), node: process.version }
  const sized = Object.entries(process.env).filter(([key]) => /^(BULK|TRIAGE|BENCH)_/.test(key))
  const command = [...sized.map(([key, value]) => `${key}=${value}`), `npm run bench -- ${name}`].join(' ')
  const document = { command, at: new Date().toISOString(), machine, measured }
  writeFileSync(path.join(results, `${name}.json`), `${JSON.stringify(document, null, 2)}\n`)
  for (const one of measured) console.log(`${one.ratio.toFixed(2).padStart(6)}  (target ${one.target})  ${one.name}`)
}
