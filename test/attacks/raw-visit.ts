import type { MatrixPortal, Visitor } from '@/test/e2e/matrix-portal'
import { type RawAnswer, rawRequest } from '@/test/support/raw-request'

/** The campaign tries every way on every page; otherwise each page has its turn with a share, and all ways are tried. */
export const allWays = process.env.CAMPAIGN_ATTACKS === 'all'
export const turn = <T>(ways: T[], page: number, share: number): T[] =>
  ways.filter((_, i) => allWays || (i + page) % share === 0)

/** As many requests at once as several browsers would send. */
const atOnce = 16

/** Asks all of them, some at once; the answers stand in their order. */
export async function each<T, R>(ways: T[], ask: (way: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = []
  for (let i = 0; i < ways.length; i += atOnce) answers.push(...(await Promise.all(ways.slice(i, i + atOnce).map(ask))))
  return answers
}

/** A request written by hand, with somebody's cookie or nobody's. */
export const visitRaw = (
  { origin }: MatrixPortal,
  method: string,
  target: string,
  visitor: Visitor | null,
  headers: Record<string, string>,
  body = '',
): Promise<RawAnswer> =>
  rawRequest(
    origin,
    `${method} ${target} HTTP/1.1`,
    [
      ...(visitor?.cookie ? [`Cookie: ${visitor.cookie}`] : []),
      ...(body === '' ? [] : [`Content-Length: ${Buffer.byteLength(body, 'latin1')}`]),
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ],
    body,
  )

/** What was said, with the lengths of its chunks taken out, so that nothing hides across two of them. */
export const bodyOf = ({ body }: RawAnswer): string => body.replaceAll(/\r\n[0-9a-f]+\r\n/g, '')

export const stackTrace = /\bat \S+ \(?(?:file:|\/|node:)[^\s)]*:\d+:\d+|node_modules\/|PrismaClient\w*Error/
