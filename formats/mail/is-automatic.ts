type Header = readonly [key: string, value: string]

const programs = /^(?:bulk|junk|list|auto_reply)$/i

/**
 * Whether a program wrote a mail or a list sent it on: whoever answers that starts a loop (RFC 3834 sections 2 and 5). Names
 * of headers in lower case.
 */
export function isAutomatic(headers: readonly Header[]): boolean {
  return headers.some(([key, value]) => {
    const word = value.split(';', 1)[0]!.trim().toLowerCase()
    if (key === 'auto-submitted') return word !== 'no'
    if (key === 'precedence') return programs.test(word)
    if (key === 'content-type') return word === 'multipart/report'
    if (key === 'return-path') return value.trim() === '<>'
    return (
      /^(?:list-(?:id|post|unsubscribe|help|owner)|x-auto-?(?:reply|respond(?:er)?)|x-loop)$/.test(key) ||
      (key === 'from' && /<?(?:mailer-daemon|postmaster)@/i.test(value))
    )
  })
}
