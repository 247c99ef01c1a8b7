import type { WorkQueue } from '@/domain/task/work-queue'
import type { ProcessServices } from '@/workers/handler'

/** A command's words after its name: options by name, and what stands alone. */
export interface Words {
  options: Map<string, string | true>
  alone: string[]
}

export interface CommandResult {
  /** The one JSON document on standard output. */
  document: unknown
  exitCode: 0 | 1
}

interface CommandWords {
  /** After the command's name: "--id ID [--phone P] DIR". Options that it does not name are refused. */
  usage: string
}

/** A command either works on what it is given alone, or needs the installation: database, gateways and secrets. */
export type Command =
  | (CommandWords & { needs: 'nothing'; run(words: Words): Promise<CommandResult> })
  | (CommandWords & {
      needs: 'services'
      run(words: Words, services: ProcessServices, queue: WorkQueue): Promise<CommandResult>
    })

export class WrongUsage extends Error {}

export function parseWords(args: string[], usage: string): Words {
  const known = new Map(
    [...usage.matchAll(/--([a-z-]+)( [A-Z|a-z,-]+)?/g)].map(match => [match[1]!, match[2] !== undefined]),
  )
  const words: Words = { options: new Map(), alone: [] }
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!
    if (!word.startsWith('--')) {
      words.alone.push(word)
      continue
    }
    const [name, inline] = splitOnce(word.slice(2))
    const takesValue = known.get(name)
    if (takesValue === undefined) throw new WrongUsage(`There is no option --${name} here.`)
    if (words.options.has(name)) throw new WrongUsage(`--${name} is given twice.`)
    if (!takesValue) {
      if (inline !== null) throw new WrongUsage(`--${name} takes no value.`)
      words.options.set(name, true)
      continue
    }
    const value = inline ?? args[++i]
    if (value === undefined) throw new WrongUsage(`--${name} needs a value.`)
    words.options.set(name, value)
  }
  return words
}

function splitOnce(word: string): [string, string | null] {
  const at = word.indexOf('=')
  return at === -1 ? [word, null] : [word.slice(0, at), word.slice(at + 1)]
}

export function option(words: Words, name: string): string | undefined {
  const value = words.options.get(name)
  return typeof value === 'string' ? value : undefined
}

export function needed(words: Words, name: string): string {
  const value = option(words, name)
  if (value === undefined) throw new WrongUsage(`--${name} is needed.`)
  return value
}

export function noneAlone(words: Words): void {
  if (words.alone.length > 0) throw new WrongUsage(`"${words.alone[0]}" is not understood here.`)
}

export const done = (document: unknown): CommandResult => ({ document, exitCode: 0 })
