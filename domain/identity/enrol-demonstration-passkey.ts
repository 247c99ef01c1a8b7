import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { makeChallenge, takeChallenge } from '@/domain/identity/challenge'
import { holdDays } from '@/domain/identity/holds'
import { keepPasskey } from '@/domain/identity/keep-passkey'
import type { PasskeyCeremony } from '@/domain/identity/passkey-ceremony'
import { passkeyRefused, verified } from '@/domain/identity/verified'
import { authorizeEver } from '@/domain/policy'
import { reader, transaction } from '@/domain/transaction'

/**
 * Gives somebody invented the software passkey that they are told to have had for a month, so that the demonstration shows
 * what a passkey does. Refuses wherever software keys do not count, and every key that is none.
 */
export async function enrolDemonstrationPasskey(
  actor: Actor,
  ceremony: PasskeyCeremony,
  { subscriberId, create }: { subscriberId: string; create: (options: string) => Promise<string> },
  now = new Date(),
): Promise<void> {
  authorizeEver(actor, 'subscriber.add')
  if (!ceremony.site.acceptsSoftware) throw notFound('page')
  const subscriber = await reader(actor).subscriber.findUnique({ where: { id: subscriberId } })
  if (subscriber === null) throw notFound('subscriber')
  const { carrierId, email, name } = subscriber
  const purpose = `subscriber:${subscriberId}:enrol`
  const challenge = await transaction(actor, tx => makeChallenge(tx, purpose))
  const person = { handle: `subscriber:${subscriberId}`, email, name: name ?? email }
  const answer = await create(await ceremony.creationOptions(challenge, person, []))
  await takeChallenge(challenge, purpose)
  const credential = await verified(() => ceremony.verifyCreation(answer, challenge))
  if (!credential.isSoftware) throw passkeyRefused('This passkey is no demonstration’s.')
  const own = { staffId: null, subscriberId }
  await transaction(actor, async tx => {
    const id = await keepPasskey(tx, actor, ceremony, { ...own, carrierId, name: 'Demonstration', credential })
    const createdAt = new Date(now.getTime() - 3 * holdDays * 24 * 3_600_000)
    await tx.passkey.update({ where: { id }, data: { createdAt } })
  })
}
