import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { ownPerson, subjectOf } from '@/domain/identity/own-person'
import { passkeyName } from '@/domain/identity/passkey-name'
import { parseInput } from '@/domain/parse-input'
import { transaction } from '@/domain/transaction'

const renameInput = z.object({ passkeyId: z.uuid(), name: passkeyName })

/** Calls one of the actor's own keys something else. */
export async function renamePasskey(actor: Actor, input: z.input<typeof renameInput>): Promise<void> {
  const own = ownPerson(actor, 'passkey.manage')
  const { passkeyId, name } = parseInput(renameInput, input)
  await transaction(actor, async tx => {
    const key = await tx.passkey.findFirst({ where: { id: passkeyId, ...own, revokedAt: null } })
    if (key === null) throw notFound('passkey')
    if (key.name === name) return
    await tx.passkey.update({ where: { id: passkeyId }, data: { name } })
    const { carrierId } = key
    await recordEvent(tx, actor, { subject: subjectOf(own), kind: 'passkey.renamed', carrierId, data: { passkeyId } })
  })
}
