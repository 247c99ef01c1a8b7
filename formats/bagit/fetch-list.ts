import { decodePath, pathProblem } from './bag-path'
import type { BagitVersion } from './declaration'
import type { Findings } from './finding'
import { type TagLine, TagTextError } from './tag-text'

const file = 'fetch.txt'

/**
 * Reads the paths of `fetch.txt` (RFC 8493 section 2.2.3): `url length path`. Nothing is ever fetched: what it promises
 * and the bag lacks is missing.
 */
export async function* fetchPaths(
  lines: AsyncIterable<TagLine>,
  rules: BagitVersion,
  findings: Findings,
): AsyncIterable<string> {
  try {
    for await (const line of lines) {
      if (line.text.trim() === '') {
        findings.warn('blank-line', file, `Line ${line.number} is empty.`)
        continue
      }
      const match = line.cut ? null : /^(\S+)[ \t]+(\d+|-)[ \t]+(.+)$/s.exec(line.text)
      if (!match || !URL.canParse(match[1]!)) {
        findings.error('malformed-fetch', file, `Line ${line.number} is not a URL, a length and a path.`)
        continue
      }
      const { path, stray } = decodePath(match[3]!, rules)
      if (stray) findings.error('unencoded-percent', path, `${file} line ${line.number}: "%" must be written %25.`)
      const problem = pathProblem(path)
      if (problem) findings.error(problem.code, path, `${file} line ${line.number}: ${problem.detail}`)
      else if (!path.startsWith('data/')) {
        findings.error('outside-payload', path, `${file} line ${line.number}: only payload can be fetched.`)
      } else yield path
    }
  } catch (error) {
    if (!(error instanceof TagTextError)) throw error
    findings.error(error.code, file, error.message)
  }
}
