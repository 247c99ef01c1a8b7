import { queueAges } from '@/app/_shell/readiness'

/** Waiting for longer is told: nobody reads in time what was said. */
const behindSeconds = 600

/**
 * The process answers, whatever else does not: 200 always, since starting it anew sends nothing sooner. `behind` where
 * something waits for ten minutes that should be under way; with how long the oldest does, in seconds.
 */
export async function GET(): Promise<Response> {
  const queueAgeSeconds = await queueAges()
  const isBehind = queueAgeSeconds !== null && Math.max(...Object.values(queueAgeSeconds)) > behindSeconds
  return Response.json({ status: isBehind ? 'behind' : 'ok', queueAgeSeconds })
}
