// node --import tsx bin/status-mirror.ts: brings the public page from STATUS_URL=s3://bucket/prefix into DATA_DIR/status, where
// the portal or nginx serves it, until SIGTERM, SIGINT or the end of who started it.
import path from 'node:path'
import { projectRoot } from '@/bin/project-root'
import { logger } from '@/gateways/log'
import { s3Client } from '@/gateways/s3-client'
import { s3Place, s3Settings } from '@/gateways/s3-form'
import { mirrorStatus } from '@/gateways/status-mirror'

const log = logger('status-mirror')
const place = s3Place(process.env.STATUS_URL ?? '')
if (place === null) throw new Error('STATUS_URL is not s3://bucket/prefix: there is nothing to mirror.')
const client = s3Client(s3Settings())
const root = path.resolve(projectRoot, process.env.DATA_DIR || '.data', 'status')

const stopping = new AbortController()
for (const name of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.on(name, () => stopping.abort())

log.info({ root }, 'The mirror of the public page has begun')
process.send?.('ready')
await mirrorStatus({
  from: { ...place, client },
  root,
  signal: stopping.signal,
  onTrouble: err => log.warn({ err }, 'The public page cannot be brought here; the last one goes on being served'),
})
client.destroy()
process.exit(0)
