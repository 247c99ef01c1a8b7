// node --import tsx bin/last-out.ts: run by the portal when the launcher was killed, to stop what nobody watches any more.
import { joinEmbeddedPostgres } from '@/bin/embedded-postgres'

const WORKERS_LIMIT_MS = 60_000

const embedded = await joinEmbeddedPostgres(process.env.DATA_DIR!)
await embedded.quiet(WORKERS_LIMIT_MS)
await embedded.leave()
