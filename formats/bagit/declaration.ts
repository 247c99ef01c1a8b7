import type { Findings } from './finding'

/** Versions whose drafts or RFC differ in what they allow. */
export const bagitVersions = ['0.93', '0.94', '0.95', '0.96', '0.97', '1.0'] as const
export type BagitVersion = (typeof bagitVersions)[number]

export interface Declaration {
  /** As written, null where it could not be read. */
  version: string | null
  /** The rules to judge by: the declared version's, else 1.0's. */
  rules: BagitVersion
  encoding: string
}

const isKnown = (version: string): version is BagitVersion => (bagitVersions as readonly string[]).includes(version)

/** `bagit.txt` may hold no more than this: two short lines. */
export const longestDeclaration = 4096

/**
 * Reads `bagit.txt` (RFC 8493 section 2.1.1): two lines, UTF-8, no byte-order mark. 1.0 wants the exact form and order;
 * older drafts allowed other spacing and letter case.
 */
export function readDeclaration(bytes: Uint8Array, findings: Findings): Declaration {
  const declaration: Declaration = { version: null, rules: '1.0', encoding: 'UTF-8' }
  const malformed = (detail: string) => findings.error('declaration-malformed', 'bagit.txt', detail)
  if (bytes.length > longestDeclaration) {
    malformed('The declaration is more than two lines.')
    return declaration
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) malformed('It begins with a byte-order mark.')
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    malformed('It is not UTF-8.')
    return declaration
  }
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.at(-1) === '') lines.pop()
  else findings.warn('line-not-terminated', 'bagit.txt', 'The last line has no line end.')
  if (lines.length !== 2) malformed(`It has ${lines.length} lines; two are asked for.`)

  const fields = lines.map(line => /^([^:]*?)[ \t]*:[ \t]*(.*?)[ \t]*$/.exec(line))
  const value = (label: string) => fields.find(field => field?.[1]?.toLowerCase() === label.toLowerCase())?.[2]
  const version = value('BagIt-Version')
  const encoding = value('Tag-File-Character-Encoding')
  if (encoding) declaration.encoding = encoding
  else malformed('Tag-File-Character-Encoding is missing.')
  if (version === undefined || !/^\d+\.\d+$/.test(version)) {
    malformed('BagIt-Version is missing or not of the form M.N.')
    return declaration
  }
  declaration.version = version
  if (isKnown(version)) declaration.rules = version
  else findings.error('unsupported-version', 'bagit.txt', `Version ${version} is none of ${bagitVersions.join(', ')}.`)

  const exact =
    lines[0] === `BagIt-Version: ${version}` && lines[1] === `Tag-File-Character-Encoding: ${declaration.encoding}`
  if (declaration.rules === '1.0' && !exact)
    malformed('The two lines are not in the exact form and order 1.0 asks for.')
  else if (fields[0]?.[1]?.toLowerCase() !== 'bagit-version') {
    findings.warn('label-order', 'bagit.txt', 'BagIt-Version is not the first line.')
  }
  return declaration
}
