interface AddedTo {
  /** The group the line belongs to in the card it is added to; null for none. */
  group: string | null
  version: '3.0' | '4.0'
}

/** An unfolded line of vCard 3.0 for another card: that card's group and version, and never its preferred value. */
export function addedLine(line: string, { group, version }: AddedTo): string {
  const colon = headerEnd(line)
  const value = line.slice(colon + 1)
  const header = withoutPreference(group === null ? line.slice(0, colon) : regrouped(line.slice(0, colon), group))
  const media = version === '4.0' ? /;ENCODING=b(?=;|$)/i.exec(header) : null
  if (media === null) return `${header}:${value}`
  const type = /;TYPE=([^;:,]+)/i.exec(header)
  const rest = header.replace(media[0], '').replace(type?.[0] ?? '', '')
  const mediaType = type ? `${familyOf(header)}/${type[1]!.toLowerCase()}` : 'application/octet-stream'
  return `${rest}:data:${mediaType};base64,${value}`
}

const regrouped = (header: string, group: string): string => `${group}.${header.replace(/^[A-Za-z0-9-]+\./, '')}`

const withoutPreference = (header: string): string =>
  header
    .replace(/,pref(?=[,;]|$)/gi, '')
    .replace(/=pref,/gi, '=')
    .replace(/;TYPE=pref(?=;|$)/gi, '')

/** RFC 6350 section 6.2.4: a data: URI names the whole media type. */
function familyOf(header: string): string {
  const name = /^(?:[A-Za-z0-9-]+\.)?([A-Za-z0-9-]+)/.exec(header)?.[1]?.toUpperCase()
  return name === 'SOUND' ? 'audio' : name === 'KEY' ? 'application' : 'image'
}

/** The first colon outside double quotes. */
function headerEnd(line: string): number {
  let quoted = false
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"') quoted = !quoted
    else if (line[i] === ':' && !quoted) return i
  }
  return line.length
}
