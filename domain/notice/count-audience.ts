import type { Actor } from '@/domain/actor'
import { type Audience, audienceInput } from '@/domain/notice/audience'
import { audienceSql } from '@/domain/notice/audience-sql'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { Prisma, type SeenBy, type Tx, transaction } from '@/domain/transaction'

/** How many people an audience means now: altogether, those with an address for each channel, and by language. */
export interface AudienceSize {
  people: number
  mail: number
  sms: number
  en: number
  fr: number
}

interface Asked {
  carrierId: string
  incidentId: string | null
  audience: Audience
}

/** Null where counting takes longer than `limit` milliseconds: nobody waits for a number that only helps to decide. */
export async function countAudience(actor: Actor, asked: Asked, limit = 10_000): Promise<AudienceSize | null> {
  const { carrierId, incidentId } = asked
  const audience = parseInput(audienceInput, asked.audience)
  authorize(actor, 'notice.read', { carrierId, subscriberId: null }, 'carrier')
  return withinTime(actor, limit, async tx => {
    const [size] = await tx.$queryRaw<AudienceSize[]>`
      SELECT count(*)::int AS people, count(*) FILTER (WHERE s.email <> '')::int AS mail, count(s.phone)::int AS sms,
        count(*) FILTER (WHERE s.language = 'en')::int AS en, count(*) FILTER (WHERE s.language = 'fr')::int AS fr
      FROM subscribers s WHERE ${audienceSql(audience, carrierId, incidentId)}`
    return size!
  })
}

/** Whether the audience means anybody at all; null where looking takes longer than `limit` milliseconds. */
export function meansAnybody({ carrierId, incidentId, audience }: Asked, limit: number): Promise<boolean | null> {
  return withinTime('every-carrier', limit, async tx => {
    const found = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM subscribers s WHERE ${audienceSql(audience, carrierId, incidentId)} LIMIT 1`
    return found.length > 0
  })
}

async function withinTime<Result>(
  by: SeenBy,
  limit: number,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result | null> {
  try {
    return await transaction(by, async tx => {
      await tx.$queryRaw`SELECT set_config('statement_timeout', ${String(limit)}, true)`
      return work(tx)
    })
  } catch (error) {
    if (isOutOfTime(error)) return null
    throw error
  }
}

/** SQLSTATE 57014: PostgreSQL ended the statement. */
const isOutOfTime = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError &&
  error.code === 'P2010' &&
  JSON.stringify(error.meta ?? {}).includes('57014')
