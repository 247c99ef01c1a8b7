import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import path from 'node:path'
import { benchContentReader } from '@/bench/content-reader'
import { type BenchResult, benchIntake } from '@/bench/intake'
import { benchMemory } from '@/bench/memory'
import { benchPipeline } from '@/bench/pipeline'
import { benchRequests } from '@/bench/requests'

/** Every figure, by the name under which `npm run bench -- NAME` measures it alone. */
const figures: Record<string, () => Promise<BenchResult | BenchResult[]>> = {
  pipeline: benchPipeline,
  requests: benchRequests,
  'content-reader': benchContentReader,
  intake: benchIntake,
  memory: benchMemory,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !Object.hasOwn(figures, name))
if (unknown.length > 0) {
  console.error(`There is no figure ${unknown.join(', ')}: ${Object.keys(figures).join(', ')}.`)
  process.exit(2)
}
const results = path.resolve('bench/results')
mkdirSync(results, { recursive: true })
for (const name of wanted.length > 0 ? wanted : Object.keys(figures)) {
  console.error(`Measuring ${name} …`)
  const measured = [await figures[name]!()].flat()
  const machine = { cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30), node: process.version }
  const document = { command: `npm run bench -- ${name}`, at: new Date().toISOString(), machine, measured }
  writeFileSync(path.join(results, `${name}.json`), `${JSON.stringify(document, null, 2)}\n`)
  for (const one of measured) console.log(`${one.ratio.toFixed(2).padStart(6)}  (target ${one.target})  ${one.name}`)
}
process.exit(0)
