import { createHash } from 'node:crypto'
import type { Broadcast } from '@/prisma/generated/client'
import type { Channel } from '@/prisma/generated/enums'

type What = Pick<Broadcast, 'kind' | 'incidentId' | 'updateId' | 'noticeId' | 'contentDigest'>

/**
 * By what a provider knows a message again: SHA-256 over what it is about, its words, the recipient and the channel; 64
 * hex digits. The same one sent twice is one message; other words of the same statement are another.
 */
export function deliveryKey(
  broadcast: What,
  { recipientKey, channel }: { recipientKey: string; channel: Channel },
): string {
  const about = broadcast.updateId ?? broadcast.noticeId ?? broadcast.incidentId ?? ''
  return createHash('sha256')
    .update(broadcast.contentDigest)
    .update([broadcast.kind, about, recipientKey, channel].join('\n'))
    .digest('hex')
}
