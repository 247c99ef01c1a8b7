import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import autocannon from 'autocannon'
import { median, newFolder } from '@/bench/installation'
import type { BenchResult } from '@/bench/intake'
import { p99, pacedRequests } from '@/bench/paced-requests'
import { siteWith } from '@/bench/status-publisher'
import { folderStatusFiles } from '@/gateways/status-files'

const rounds = 5
const roundSeconds = 4
const pacedSeconds = 10

const children: ChildProcess[] = []

async function serve(...args: string[]): Promise<number> {
  const child = spawn(process.execPath, ['bench/status-child.mjs', ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [port] = (await once(createInterface(child.stdout), 'line')) as [string]
  return Number(port)
}

/** Requests a second at fifty connections. Throws where one of them was not answered with 200. */
async function rate(port: number, address: string): Promise<number> {
  const url = `http://127.0.0.1:${port}${address}`
  const result = await autocannon({ url, connections: 50, duration: roundSeconds })
  if (result.errors + result.non2xx > 0) throw new Error(`${url} was not answered each time.`)
  return result.requests.average
}

/** The status server in a process of its own and a bare server that sends the same bytes, in turn. */
async function speed(root: string, ours: number, address: string, file: string, type: string): Promise<BenchResult> {
  const theirs = await serve('bare', path.join(root, 'current', file), type)
  const measured: { ours: number; theirs: number }[] = []
  await rate(ours, address)
  await rate(theirs, address)
  for (let round = 0; round < rounds; round++)
    measured.push({ ours: await rate(ours, address), theirs: await rate(theirs, address) })
  return {
    name: `status page: ${address}, requests/s : a bare Node server’s`,
    ratio: median(measured.map(one => one.ours / one.theirs)),
    target: 0.5,
    ours: median(measured.map(one => one.ours)),
    theirs: median(measured.map(one => one.theirs)),
    unit: 'requests/s',
  }
}

/** What the slowest hundredth of visitors waits while an update a second is published, and while nothing is. */
async function whilePublishing(root: string, port: number): Promise<BenchResult> {
  const measured: { ours: number; theirs: number }[] = []
  await pacedRequests(port, '/en', 2)
  for (let round = 0; round < rounds; round++) {
    const idle = p99(await pacedRequests(port, '/en', pacedSeconds))
    const args = ['--import', 'tsx', 'bench/status-publisher.ts', 'publish', root]
    const before = (await folderStatusFiles({ root }).current())!.number
    const publisher = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    children.push(publisher)
    while ((await folderStatusFiles({ root }).current())!.number < before + 2) await pacedRequests(port, '/en', 1)
    const busy = p99(await pacedRequests(port, '/en', pacedSeconds))
    publisher.kill()
    await once(publisher, 'exit')
    measured.push({ ours: busy, theirs: idle })
  }
  return {
    name: 'status page: p99 while an update a second is published : p99 idle (at most)',
    ratio: median(measured.map(one => one.ours / one.theirs)),
    target: 1.5,
    ours: median(measured.map(one => one.ours)),
    theirs: median(measured.map(one => one.theirs)),
    unit: 'ms',
  }
}

/** How fast the status page is answered, and how steadily while it changes. */
export async function benchStatusSite(): Promise<BenchResult[]> {
  const folder = newFolder()
  const root = path.join(folder, 'status')
  try {
    await folderStatusFiles({ root }).publish({ number: 1, publishedAt: new Date(), files: siteWith('first') })
    const ours = await serve('site', root)
    return [
      await speed(root, ours, '/en', 'en.html', 'text/html; charset=utf-8'),
      await speed(root, ours, '/api/v2/summary.json', 'api/v2/summary.json', 'application/json; charset=utf-8'),
      await whilePublishing(root, ours),
    ]
  } finally {
    for (const child of children) child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const result of await benchStatusSite()) console.log(JSON.stringify(result))
}
