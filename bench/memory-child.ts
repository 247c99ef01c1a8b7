// tsx bench/memory-child.ts intake|restore FOLDER RECORDS SINK: does one of them and prints this process's peak resident size in bytes.
import { readFileSync } from 'node:fs'
import { beginInstallation } from '@/bench/installation'
import { addSubscriberTo, restoreAll, takeIn } from '@/bench/restores'
import { system } from '@/domain/actor'
import { addCarrier } from '@/domain/subscriber/add-carrier'
import { reader } from '@/domain/transaction'

const [what, folder, records, sink] = process.argv.slice(2)
const at = await beginInstallation(folder)
if (what === 'intake') {
  await addCarrier(system('bench'), { slug: 'bench', name: 'Bench' })
  await addSubscriberTo(at, 'bench', 'someone')
  await takeIn(at, 'someone')
} else {
  const { id } = await reader('every-carrier').subscriber.findFirstOrThrow()
  const { contacts } = await restoreAll(at, id, sink!)
  if (contacts.verified !== Number(records)) throw new Error(`Only ${contacts.verified} of ${records} were verified.`)
}
// Not getrusage: its peak begins with that of the process that started this one.
const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))
console.log(Number(peak![1]) * 1024)
await at.end()
process.exit(0)
