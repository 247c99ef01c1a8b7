import type { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, Refusal } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { isUniqueViolation, transaction } from '@/domain/transaction'
import { saveMacroInput } from '@/domain/triage/macro-inputs'
import { unknownIn } from '@/domain/triage/macro-text'

/** Keeps a text to begin answers from, in both languages. Each code is one macro's of a carrier. */
export async function saveMacro(
  actor: Actor,
  input: z.input<typeof saveMacroInput>,
  now = new Date(),
): Promise<{ macroId: string }> {
  refuseUnknown(input)
  const { macroId, version, carrierId, code, textEn, textFr } = parseInput(saveMacroInput, input)
  try {
    return await transaction(actor, async tx => {
      const before = macroId && (await tx.macro.findFirst({ where: { id: macroId, removedAt: null } }))
      const whose = { carrierId: before ? before.carrierId : carrierId, subscriberId: null }
      authorize(actor, 'macro.manage', macroId && !before ? { carrierId: null, subscriberId: null } : whose, 'macro')
      if (macroId && !before) throw notFound('macro')
      if (whose.carrierId !== null && (await tx.carrier.count({ where: { id: whose.carrierId } })) === 0)
        throw notFound('carrier')
      if (before && version !== undefined && version !== before.version)
        throw new Refusal('stale', 'macro-changed', 'The macro has changed since it was shown.')
      const texts = { code, textEn, textFr }
      const { id } = before
        ? await tx.macro.update({ where: { id: before.id }, data: { ...texts, version: { increment: 1 } } })
        : await tx.macro.create({ data: { carrierId, ...texts, createdAt: now } })
      const about = { subject: `macro:${id}`, carrierId: whose.carrierId } as const
      await recordEvent(tx, actor, { ...about, kind: 'macro.saved', data: { replaced: macroId !== null } }, now)
      return { macroId: id }
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw badInput('code', 'code-used', 'Another macro has this code.')
    throw error
  }
}

/** Said of the field that has it, whoever calls. */
function refuseUnknown(input: { textEn?: unknown; textFr?: unknown }): void {
  for (const field of ['textEn', 'textFr'] as const) {
    const text = input[field]
    if (typeof text === 'string' && unknownIn(text).length > 0)
      throw badInput(field, 'unknown-variable', 'A variable of the text is not known.')
  }
}
