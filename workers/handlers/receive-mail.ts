import { system } from '@/domain/actor'
import { receiveMail } from '@/domain/triage/receive-mail'
import type { Handle } from '@/workers/handler'

export const handle: Handle<{ mailId: string }> = async (payload, { sealed, now }) => {
  await receiveMail(system('receive-mail'), sealed, payload, now())
  return undefined
}
