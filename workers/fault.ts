import { relative, sep } from 'node:path'

/**
 * "TypeError at domain/restore/push.ts:12", as it is kept with a failed task: name, code, and where in our source. Never
 * the message, which may hold content.
 */
export function faultLine(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown ${typeof error}`
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : ''
  const place = placeOf(error)
  return `${error.name}${code}${place ? ` at ${place}` : ''}`
}

function placeOf(error: Error): string | null {
  const frames = (error.stack ?? '').matchAll(/^ +at .*?(?:file:\/\/)?(\/[^\s()]+?):(\d+):\d+\)?$/gm)
  for (const [, file = '', line] of frames) {
    const path = relative(process.cwd(), file)
    if (!path.startsWith('..') && !path.includes(`node_modules${sep}`)) return `${path}:${line}`
  }
  return null
}
