// node --import tsx test/bin/reseal-child.ts RING: seals phone numbers under the ring's first key, and says after each page how many.
import { sealedColumns } from '@/bin/sealed-columns'
import { resealRows } from '@/domain/access/reseal-rows'
import { system } from '@/domain/actor'
import { parseKeyring } from '@/gateways/keyring'
import { openSecrets } from '@/gateways/secrets'

const secrets = openSecrets(parseKeyring(process.argv[2] ?? ''))
const phones = sealedColumns.find(({ column }) => column === 'phone')!
await resealRows(system('test'), secrets, phones, done => process.send?.(done.resealed))
process.exit()
