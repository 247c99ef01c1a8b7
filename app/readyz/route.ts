import { readiness } from '@/app/_shell/readiness'

/** 200 where a restore could be filed and carried out now: database, migrations, a worker. */
export async function GET(): Promise<Response> {
  const checks = await readiness()
  const ready = Object.values(checks).every(Boolean)
  return Response.json({ status: ready ? 'ready' : 'not ready', checks }, { status: ready ? 200 : 503 })
}
