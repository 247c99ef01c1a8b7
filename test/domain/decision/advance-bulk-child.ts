// node --import tsx test/domain/decision/advance-bulk-child.ts BULK: goes through an approval of many, and says after each request that it did.
import { system } from '@/domain/actor'
import { advanceBulk } from '@/domain/decision/advance-bulk'

const asked = () => {
  process.send?.('one')
  return false
}
await advanceBulk(system('test'), { bulkId: process.argv[2] ?? '' }, asked)
process.exit()
