const illegal = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Without what no XML 1.0 document may hold, escaped or not (section 2.2): control characters and halves of pairs. */
export const legalXmlText = (text: string): string => text.replace(illegal, '')

/** Escaped for an element's text. Line ends become LF, as every parser would make them (section 2.11). */
export const escapeXmlText = (text: string): string =>
  legalXmlText(text)
    .replace(/\r\n?/g, '\n')
    .replace(/[&<>]/g, sign => entities[sign]!)

/** Escaped for a quoted attribute; tabs and line ends as references, because a parser makes them spaces (section 3.3.3). */
export const escapeXmlAttribute = (text: string): string =>
  legalXmlText(text)
    .replace(/[&<>"]/g, sign => entities[sign]!)
    .replace(/[\t\n\r]/g, sign => `&#${sign.charCodeAt(0)};`)
