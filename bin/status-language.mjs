const isLanguage = value => value === 'en' || value === 'fr'

/** The same as messages/language.ts says, which plain Node cannot read. */
function languageFor(acceptLanguage) {
  const wanted = acceptLanguage
    .split(',')
    .map(entry => {
      const [range = '', ...parameters] = entry.trim().toLowerCase().split(';')
      const q = parameters.map(one => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find(value => value !== undefined)
      return { language: range.split('-')[0], weight: q === undefined ? 1 : Number(q) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
  return wanted.map(({ language }) => language).find(isLanguage) ?? 'en'
}

/** "en" or "fr": what the visitor chose (cookie hw-language, over https with its prefix), else what the browser asks for (RFC 9110 section 12.5.4). */
export function preferredLanguage(headers) {
  const cookies = (headers.cookie ?? '').split(/; */).map(pair => pair.split('='))
  const chosen = cookies.findLast(([name]) => name === 'hw-language' || name === '__Host-hw-language')?.[1]
  return isLanguage(chosen) ? chosen : languageFor(headers['accept-language'] ?? '')
}
