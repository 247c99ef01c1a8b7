import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { refuseHeld } from '@/domain/identity/holds'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { type AccountOutside, look, passwordContext } from '@/domain/restore/add-account'
import { requestFor } from '@/domain/restore/approve-step'
import { resumeStep } from '@/domain/restore/resume-request'
import { reader, transaction } from '@/domain/transaction'

const renewPasswordInput = z.object({ accountId: z.uuid(), password: z.string().min(1).max(1_000) })

/** Takes a new password for a device account, after trying it there. Restores that wait for it go on. */
export async function renewPassword(
  actor: Actor,
  outside: AccountOutside,
  input: z.input<typeof renewPasswordInput>,
): Promise<void> {
  const { accountId, password } = parseInput(renewPasswordInput, input)
  const row = await reader(actor).deviceAccount.findUnique({ where: { id: accountId } })
  authorize(actor, 'account.renew-password', row ?? { carrierId: null, subscriberId: null }, 'device account')
  if (!row) throw notFound('device account')
  requireFreshProof(actor)
  const sealed = outside.secrets.seal(password, passwordContext(row.id))
  await look(outside, { ...row, password: sealed })
  await transaction(actor, async tx => {
    await refuseHeld(tx, row.subscriberId, new Date(), row)
    await tx.deviceAccount.update({ where: { id: row.id }, data: { password: sealed, status: 'ready' } })
    const { id, carrierId, subscriberId } = row
    await recordEvent(tx, actor, {
      subject: `account:${id}`,
      kind: 'account.password-renewed',
      carrierId,
      data: { subscriberId },
    })
    // What carries one person's records to another asks about both of them: it goes on when they say so.
    const waiting = await tx.restoreRequest.findMany({
      where: { accountId: id, status: 'waiting', waitReason: 'password-refused', crossing: null },
      select: { id: true },
      orderBy: { id: 'asc' },
    })
    for (const { id: requestId } of waiting) await resumeStep(tx, actor, (await requestFor(tx, requestId))!)
  })
}
