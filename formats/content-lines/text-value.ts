/** Resolves the backslash escapes of a TEXT value (RFC 6350 section 3.4, RFC 5545 section 3.3.11). */
export function unescapeText(value: string): string {
  if (!value.includes('\\')) return value
  return value.replace(/\\([\s\S])/g, (pair, next: string) => {
    if (next === 'n' || next === 'N') return '\n'
    return next === '\\' || next === ',' || next === ';' || next === ':' || next === '"' ? next : pair
  })
}

/** Escapes text for a TEXT value: backslash, comma, semicolon and line breaks. */
export function escapeText(text: string): string {
  if (!/[\\,;\r\n]/.test(text)) return text
  return text.replace(/\\|,|;|\r\n|\r|\n/g, character =>
    character === '\\' ? '\\\\' : character === ',' ? '\\,' : character === ';' ? '\\;' : '\\n',
  )
}

/** Splits a still escaped value at a separator that no backslash stands in front of; the parts stay escaped. */
export function splitEscaped(value: string, separator: ';' | ','): string[] {
  if (!value.includes('\\')) return value.split(separator)
  const parts: string[] = []
  let from = 0
  for (let i = 0; i < value.length; i++) {
    const character = value[i]
    if (character === '\\') i++
    else if (character === separator) {
      parts.push(value.slice(from, i))
      from = i + 1
    }
  }
  parts.push(value.slice(from))
  return parts
}
