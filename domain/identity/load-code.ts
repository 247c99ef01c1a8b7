import { codesOf } from '@/domain/identity/code-rules'
import { numberOnFile } from '@/domain/identity/number-on-file'
import type { Secrets } from '@/domain/subscriber/secrets'
import { reader, transaction } from '@/domain/transaction'
import type { Language } from '@/prisma/generated/enums'

/** A code on its way: `key` stays the same however often it is sent. */
export interface CodeToSend {
  to: string
  language: Language
  code: string
  /** An operator made and sent it already. */
  isOperators: boolean
  key: string
}

/** Null where it was used, replaced or has run out meanwhile: a code that comes late is worth nothing. */
export async function loadCode(secrets: Secrets, codeId: string, now: Date): Promise<CodeToSend | null> {
  const row = await reader('every-carrier').identityCode.findFirst({
    where: { id: codeId, spentAt: null, expiresAt: { gt: now } },
  })
  if (!row) return null
  const subscriber = await reader('every-carrier').subscriber.findUnique({
    where: { id: row.subscriberId },
    include: { carrier: true },
  })
  const to = subscriber && numberOnFile(secrets, subscriber)
  const [code] = codesOf(secrets, row.id)
  return to && code
    ? { to, language: subscriber.language, code, isOperators: row.authenticationId !== null, key: `code-${row.id}` }
    : null
}

/** Notes what the operator calls the code that it sent: with that alone it can be judged. */
export async function noteOperatorsCode({ codeId, authenticationId }: { codeId: string; authenticationId: string }) {
  await transaction('every-carrier', tx =>
    tx.identityCode.updateMany({ where: { id: codeId }, data: { authenticationId } }),
  )
}
