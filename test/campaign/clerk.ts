// node --import tsx test/campaign/clerk.ts ORDERS.json: asks and approves by the portal's verbs, as its process does when forms arrive.
import { readFileSync } from 'node:fs'
import { system } from '@/domain/actor'
import { approveRequest } from '@/domain/restore/approve-request'
import { fileRequest } from '@/domain/restore/file-request'
import type { FileRequestInput } from '@/domain/restore/restore-inputs'
import { undoRequest } from '@/domain/restore/undo-request'
import { reader } from '@/domain/transaction'
import { closeDatabase } from '@/gateways/database'

export type Order = { restore: FileRequestInput } | { undo: string }

const clerk = system('clerk')

/** Done again after a death, it goes on where it was: the filing key finds what was filed, the state says what is left. */
async function carryOut(order: Order): Promise<void> {
  const id = 'undo' in order ? order.undo : (await fileRequest(clerk, order.restore)).id
  const { status } = await reader('every-carrier').restoreRequest.findUniqueOrThrow({ where: { id } })
  if ('undo' in order) {
    if (status === 'done') await undoRequest(clerk, { requestId: id })
  } else if (status === 'filed') {
    await approveRequest(clerk, { requestId: id })
  }
}

for (const order of JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Order[]) {
  await carryOut(order)
  process.send?.('carried out')
}
await closeDatabase()
process.disconnect?.()
