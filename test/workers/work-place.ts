import type { WorkQueue } from '@/domain/task/work-queue'
import { closeDatabase } from '@/gateways/database'
import { openQueue, type QueuePlace } from '@/gateways/queue'
import { freshDatabase } from '@/test/support/database'
import { makeEffects } from '@/test/workers/effects'
import { type RedisServer, startRedis } from '@/test/workers/redis-server'

export const engines = ['postgres', 'redis'] as const

export interface WorkPlace {
  place: QueuePlace
  queue: WorkQueue
  /** Another queue on the same server, or on another. */
  openQueue(url?: string): WorkQueue
  redis: RedisServer | null
  databaseUrl: string
  /** What the queue complained of. */
  troubles: string[]
  clear(): Promise<void>
}

/** A database with the effects' tables, and a queue on the given engine. */
export async function openWorkPlace(engine: (typeof engines)[number]): Promise<WorkPlace> {
  const database = await freshDatabase()
  await makeEffects(database.ownerUrl)
  const redis = engine === 'redis' ? await startRedis() : null
  const place: QueuePlace = { engine, url: redis?.url ?? database.url, migrate: false }
  const troubles: string[] = []
  const opened: WorkQueue[] = []
  const open = (url = place.url) => {
    const queue = openQueue({ ...place, url, onTrouble: error => troubles.push(error.message) })
    opened.push(queue)
    return queue
  }
  return {
    place,
    queue: open(),
    openQueue: open,
    redis,
    databaseUrl: database.url,
    troubles,
    async clear() {
      await Promise.all(opened.map(queue => queue.close()))
      await closeDatabase()
      await redis?.stop()
      await until(() => database.drop().then(() => true, isStillUsed))
    },
  }
}

// PostgreSQL ends a session a moment after its client has gone.
const isStillUsed = (error: unknown): boolean => {
  if (error instanceof Error && error.message.includes('terminate process')) return false
  throw error
}

/** Asks again and again until the answer is yes; the test's own time limit ends it. */
export async function until(question: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await question())) await new Promise(resolve => setTimeout(resolve, 25))
}
