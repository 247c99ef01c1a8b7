import { messageIdOf } from '@/formats/mail/read-mail'

/** How much of a mail is looked through for its Message-ID. */
export const headBytes = 64 * 1024

/**
 * The Message-ID that the beginning of a mail names, without brackets; null where it names none, several, or one of another
 * form.
 */
export function messageIdInHead(bytes: Uint8Array): string | null {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, headBytes))
  const [head = ''] = text.split(/\r?\n\r?\n/, 1)
  const found = [...head.matchAll(/^message-id[ \t]*:((?:.*)(?:\r?\n[ \t].*)*)/gim)]
  return found.length === 1 ? messageIdOf(found[0]![1]!) : null
}
