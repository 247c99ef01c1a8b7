import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { beginInstallation } from '@/bench/installation'
import type { BenchResult } from '@/bench/intake'
import { system } from '@/domain/actor'
import { addUpdate } from '@/domain/incident/add-update'
import { openIncident } from '@/domain/incident/open-incident'

const manager = system('bench')
const updates = 60
const mostMs = 2_000
const inAnHour = () => new Date(Date.now() + 3_600_000)
const said = { bodyEn: 'Something is out of order.', bodyFr: 'Quelque chose ne va pas.', tell: false }

/** From the call of the verb until the served JSON holds the statement, with a worker and a server in processes of their own. */
export async function benchPublishDelay(): Promise<BenchResult> {
  const installation = await beginInstallation()
  const worker = spawn(process.execPath, ['--import', 'tsx', 'workers/run-worker.ts'], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const root = path.join(installation.folder, 'status')
  const server = spawn(process.execPath, ['bench/status-child.mjs', 'site', root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [port] = (await once(createInterface(server.stdout), 'line')) as [string]
    const delays = (await delaysOf(Number(port))).sort((a, b) => a - b)
    const p95 = delays[Math.ceil(updates * 0.95) - 1]!
    return {
      name: `status page: p95 from "publish" to the file being served : ${mostMs} ms (at most)`,
      ratio: p95 / mostMs,
      target: 1,
      ours: p95,
      theirs: mostMs,
      unit: 'ms',
    }
  } finally {
    server.kill()
    worker.kill()
    await once(worker, 'exit')
    await installation.end()
  }
}

async function delaysOf(port: number): Promise<number[]> {
  const titles = { titleEn: 'Measured', titleFr: 'Mesuré', startedAt: new Date(Date.now() - 60_000) }
  const { id: incidentId } = await openIncident(manager, { ...titles, ...said, nextUpdateBy: inAnHour() })
  await served(port, incidentId)
  const delays: number[] = []
  for (let i = 0; i < updates; i++) {
    const began = performance.now()
    const next = { incidentId, status: 'identified' as const, nextUpdateBy: inAnHour() }
    const { updateId } = await addUpdate(manager, { ...said, ...next })
    await served(port, updateId)
    delays.push(performance.now() - began)
    await sleep(Math.random() * 200)
  }
  return delays
}

async function served(port: number, id: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v2/incidents.json`)
    if ((await answer.text()).includes(id)) return
    await sleep(10)
  }
}
