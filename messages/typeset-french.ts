const narrow = '\u202f'
const wide = '\u00a0'

/**
 * French spacing, so that no line breaks before a mark: a narrow no-break space before ; ! ? and a no-break space
 * before : and inside « ». Catalogues are written with plain spaces; ICU skeletons ("::percent") are left alone.
 */
export function typesetFrench<T>(messages: T): T {
  if (typeof messages === 'string') {
    const set = messages
      .replaceAll(/ ([;!?])/g, `${narrow}$1`)
      .replaceAll(/ :(?!:)/g, `${wide}:`)
      .replaceAll('« ', `«${wide}`)
      .replaceAll(' »', `${wide}»`)
      .replaceAll(/(\d|\}) (%|€|\$|h\b)/g, `$1${wide}$2`)
    return set as T
  }
  if (typeof messages !== 'object' || messages === null) return messages
  return Object.fromEntries(Object.entries(messages).map(([key, value]) => [key, typesetFrench(value)])) as T
}
