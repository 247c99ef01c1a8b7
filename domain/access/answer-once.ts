import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import type { Secrets } from '@/domain/subscriber/secrets'
import { oneTransaction, step, type Tx } from '@/domain/transaction'

/** For so long the same key is answered the same. */
export const keptHours = 24

/** What a program is answered: the body as it is sent, and the headers that belong to it. */
export interface Answer {
  status: number
  /** Null: there is none. */
  body: string | null
  headers: Record<string, string>
  /** Whom it tells of, where it does: erased with them. */
  subscriberId: string | null
}

const keptForm = z.object({ body: z.string().nullable(), headers: z.record(z.string(), z.string()) })

export const keptAnswerContext = (id: string): string => `kept-answer:${id}`

interface Once {
  actor: Extract<Actor, { role: 'machine' }>
  secrets: Secrets
  /** Null: the program gave none, and its change is made as often as it asks. */
  key: string | null
  fingerprint: Buffer<ArrayBuffer>
  now?: Date
}

/**
 * Does the work and keeps its answer in one transaction, so that a process that dies has done both or neither. The same key
 * is answered the same for 24 hours, and for anything else refused (`key-used`); while the first still runs, `key-in-use`. What `work` refuses
 * changes nothing, and is answered by `refused`, and kept as well.
 */
export async function answerOnce(
  { actor, secrets, key, fingerprint, now = new Date() }: Once,
  work: () => Promise<Answer>,
  refused: (error: Refusal) => Answer,
): Promise<{ answer: Answer; replayed: boolean }> {
  const { tokenId, carrierId } = actor
  return oneTransaction(actor, async tx => {
    if (key === null) return { answer: await attempt(tx, work, refused), replayed: false }
    await claim(tx, `${tokenId} ${key}`)
    const since = new Date(now.getTime() - keptHours * 3_600_000)
    const before = await tx.keptAnswer.findUnique({ where: { tokenId_key: { tokenId, key } } })
    if (before && before.answeredAt > since) {
      if (!fingerprint.equals(before.fingerprint))
        throw new Refusal('bad-input', 'key-used', 'This Idempotency-Key has asked for something else.')
      const { body, headers } = keptForm.parse(
        JSON.parse(secrets.openText(before.sealed, keptAnswerContext(before.id))),
      )
      const { status, subscriberId } = before
      return { answer: { status, body, headers, subscriberId }, replayed: true }
    }
    if (before) await tx.keptAnswer.delete({ where: { id: before.id } })
    const answer = await attempt(tx, work, refused)
    const { status, subscriberId, body, headers } = answer
    const id = randomUUID()
    const sealed = Buffer.from(secrets.seal(JSON.stringify({ body, headers }), keptAnswerContext(id)))
    const asked = { id, tokenId, carrierId, key, fingerprint, answeredAt: now }
    await tx.keptAnswer.create({ data: { ...asked, subscriberId, status, sealed } })
    return { answer, replayed: false }
  })
}

/** One at a time for each key: whoever comes second while the first runs is told so, and holds no connection meanwhile. */
async function claim(tx: Tx, of: string): Promise<void> {
  const [row] = await tx.$queryRaw<{ free: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${`answer:${of}`}, 7)) AS free`
  if (!row?.free) throw new Refusal('wrong-state', 'key-in-use', 'The first request with this key is still under way.')
}

async function attempt(tx: Tx, work: () => Promise<Answer>, refused: (error: Refusal) => Answer): Promise<Answer> {
  try {
    return await step(tx, work)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return refused(error)
  }
}
