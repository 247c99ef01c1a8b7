// node --expose-gc --import tsx bench/mass-act-worker.ts ACT: goes through an act on many while its parent says "go", rests when it
// says "rest", and answers each rest, and the end, with what it takes of memory.
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { openServices } from '@/bin/services'
import { system } from '@/domain/actor'
import { advanceMassAct } from '@/domain/triage/mass/advance-mass-act'
import { macroWords } from '@/messages/macro-words'

export interface Rested {
  ended: boolean
  /** Bytes in use behind a collection, and of the process. */
  heap: number
  resident: number
}

const massActId = process.argv[2] ?? ''
const { close } = openServices('bench')
let resting = true
process.on('message', word => {
  resting = word === 'rest'
})
process.send?.('ready')
for (let ended = false; !ended; ) {
  if (resting) await once(process, 'message')
  const left = await advanceMassAct(
    system('bench'),
    { massActId },
    whom => macroWords(whom, 'UTC', new Date()),
    () => resting,
  )
  ended = left === 'ended'
  globalThis.gc?.()
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))
  const said: Rested = { ended, heap: process.memoryUsage().heapUsed, resident: Number(resident![1]) * 1024 }
  process.send?.(said)
}
await close()
process.disconnect()
