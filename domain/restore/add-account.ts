import { v7 as uuidv7 } from 'uuid'
import type { Actor } from '@/domain/actor'
import { badInput, notFound, Refusal } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { coolingHours, refuseHeld } from '@/domain/identity/holds'
import { parseInput } from '@/domain/parse-input'
import { authorize, requireFreshProof } from '@/domain/policy'
import { type AddAccountInput, addAccountInput } from '@/domain/restore/account-inputs'
import { type DeviceAccount, DeviceAccountError, type Discovery } from '@/domain/restore/device-account'
import type { RestoreOutside } from '@/domain/restore/outside'
import type { Secrets } from '@/domain/subscriber/secrets'
import { type Prisma, reader, transaction } from '@/domain/transaction'
import type { DeviceAccount as AccountRow } from '@/prisma/generated/client'

export type AccountOutside = Pick<RestoreOutside, 'openAccount'> & { secrets: Secrets }

export const passwordContext = (accountId: string): string => `account:${accountId}`

/** Adds a device account after looking at it: what cannot be reached or signed in to is not added. */
export async function addAccount(
  actor: Actor,
  outside: AccountOutside,
  input: AddAccountInput,
): Promise<{ id: string; discovery: Discovery }> {
  const asked = parseInput(addAccountInput, input)
  const subscriber = await reader(actor).subscriber.findUnique({ where: { id: asked.subscriberId } })
  authorize(
    actor,
    'account.add',
    { carrierId: subscriber?.carrierId ?? null, subscriberId: asked.subscriberId },
    'subscriber',
  )
  if (!subscriber) throw notFound('subscriber')
  requireFreshProof(actor)
  if (asked.kind === 'vdir' && actor.role !== 'system') {
    throw badInput('kind', 'not-allowed', 'A folder on the server can only be named by the operator.')
  }
  // The operator enters what the carrier's records named before the incident; anything else is new.
  const isKnown = actor.role === 'system'
  const id = uuidv7()
  const dav = asked.kind === 'dav' ? asked : null
  const row: AccountRow = {
    id,
    carrierId: subscriber.carrierId,
    subscriberId: subscriber.id,
    kind: asked.kind,
    label: asked.label || labelOf(asked.url),
    url: asked.url,
    filesUrl: dav?.filesUrl ?? null,
    username: dav?.username ?? null,
    password: dav?.password == null ? null : outside.secrets.seal(dav.password, passwordContext(id)),
    host: '',
    status: 'ready',
    discovery: null,
    targets: {},
    createdAt: new Date(),
    coolingUntil: isKnown ? null : new Date(Date.now() + coolingHours * 3_600_000),
  }
  const { discovery, host } = await look(outside, row)
  await transaction(actor, async tx => {
    await refuseHeld(tx, row.subscriberId)
    await tx.deviceAccount.create({
      data: { ...row, host, targets: {}, discovery: discovery as unknown as Prisma.InputJsonObject },
    })
    const { carrierId, kind, subscriberId } = row
    await recordEvent(tx, actor, {
      subject: `account:${id}`,
      kind: 'account.added',
      carrierId,
      data: { subscriberId, kind, known: isKnown },
    })
  })
  return { id, discovery }
}

/** Opens the account and discovers what it has; trouble becomes a refusal at the field it is about. */
export async function look(
  outside: Pick<AccountOutside, 'openAccount'>,
  row: AccountRow,
): Promise<{ discovery: Discovery; host: string }> {
  let account: DeviceAccount | undefined
  try {
    account = await outside.openAccount(row)
    return { discovery: await account.discover(), host: account.host }
  } catch (error) {
    if (error instanceof DeviceAccountError) throw refusalOf(error)
    throw error
  } finally {
    await account?.close()
  }
}

export function refusalOf(error: DeviceAccountError): Refusal {
  const field = error.kind === 'unauthorized' ? 'password' : 'url'
  return new Refusal('bad-input', `account-${error.kind}`, error.message, field)
}

function labelOf(url: string): string {
  if (url.startsWith('http')) return new URL(url).host
  return url.replace(/\/+$/, '').split('/').at(-1) || url
}
