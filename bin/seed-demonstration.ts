// node --import tsx bin/seed-demonstration.ts: tells the demonstration into the empty database of the environment.
import { openServices } from '@/bin/services'
import { step } from '@/bin/start-page'
import { environment } from '@/gateways/env'
import { seed } from '@/prisma/seed'

process.on('disconnect', () => process.exit(1))

const { backupUrl, dataDirectory } = environment()
const { services, close } = openServices('demonstration')
await seed({ services, backupUrl, dataDirectory, say: step })
await close()
process.exit(0)
