import { queueAges } from '@/app/_shell/readiness'

/** The process answers, whatever else does not; with how long the oldest waits that should be under way, in seconds. */
export async function GET(): Promise<Response> {
  return Response.json({ status: 'ok', queueAgeSeconds: await queueAges() })
}
