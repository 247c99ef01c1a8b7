import { type Command, type CommandResult, parseWords, type Words, WrongUsage } from '@/bin/commands/command'
import { Refusal } from '@/domain/errors'
import type { WorkQueue } from '@/domain/task/work-queue'
import type { ProcessServices } from '@/workers/handler'

/** The operator's commands, loaded when they are asked for: a command that needs no installation opens none. */
const commands: Record<string, () => Promise<{ command: Command }>> = {
  'bag validate': () => import('@/bin/commands/bag-validate'),
  intake: () => import('@/bin/commands/intake'),
  'carrier add': () => import('@/bin/commands/carrier-add'),
  'subscriber add': () => import('@/bin/commands/subscriber-add'),
  'subscriber address': () => import('@/bin/commands/subscriber-address'),
  'staff add': () => import('@/bin/commands/staff-add'),
  'staff invite': () => import('@/bin/commands/staff-invite'),
  'account add': () => import('@/bin/commands/account-add'),
  holdings: () => import('@/bin/commands/holdings'),
  restore: () => import('@/bin/commands/restore'),
  work: () => import('@/bin/commands/work'),
  report: () => import('@/bin/commands/report'),
  'audit verify': () => import('@/bin/commands/audit-verify'),
  'evidence export': () => import('@/bin/commands/evidence-export'),
  'evidence verify': () => import('@/bin/commands/evidence-verify'),
  undo: () => import('@/bin/commands/undo'),
  erase: () => import('@/bin/commands/erase'),
  purge: () => import('@/bin/commands/purge'),
  'keys rotate': () => import('@/bin/commands/keys-rotate'),
}

/** Runs work on an installation, opened for it and closed afterwards. */
export type WithInstallation = <T>(
  work: (open: { services: ProcessServices; queue: WorkQueue }) => Promise<T>,
) => Promise<T>

export interface Answer {
  /** One JSON document on one line. */
  line: string
  /** 0 done, 1 refused or failed, 2 wrong usage. */
  exitCode: 0 | 1 | 2
}

/** Answers a command with one JSON document, whatever happens; what went wrong as problem details (RFC 9457). */
export async function answer(args: string[], withInstallation: WithInstallation): Promise<Answer> {
  const name = [args.slice(0, 2).join(' '), args[0] ?? ''].find(one => Object.hasOwn(commands, one))
  let usage = ''
  try {
    if (name === undefined) throw new WrongUsage(args[0] ? `There is no command "${args[0]}".` : 'Name a command.')
    const { command } = await commands[name]!()
    usage = `homeward ${name} ${command.usage}`
    const words = parseWords(args.slice(name.split(' ').length), command.usage)
    const { document, exitCode } = await run(command, words, withInstallation)
    return { line: lineOf(document), exitCode }
  } catch (error) {
    if (error instanceof WrongUsage) {
      return { line: lineOf(problem('wrong-usage', 'Wrong usage', `${error.message} ${usage || all()}`)), exitCode: 2 }
    }
    return { line: lineOf(refused(error)), exitCode: 1 }
  }
}

async function run(command: Command, words: Words, withInstallation: WithInstallation): Promise<CommandResult> {
  if (command.needs === 'nothing') return command.run(words)
  return withInstallation(({ services, queue }) => command.run(words, services, queue))
}

/** What nobody foresaw is told as it is: the operator is who can do something about it. */
function refused(error: unknown): object {
  if (error instanceof Refusal) {
    const field = error.field === null ? {} : { field: error.field }
    return { ...problem(error.code, titles[error.kind], error.detail), ...field }
  }
  if (process.stderr.isTTY && error instanceof Error) console.error(error.stack)
  return problem('failed', 'It failed', detailOf(error))
}

/** Prisma shows a piece of our source before it says what happened, in its last line. */
function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const said = error.message.trim() || error.name
  return error.name.startsWith('Prisma') ? said.slice(said.lastIndexOf('\n') + 1).trim() : said
}

const titles: Record<Refusal['kind'], string> = {
  'not-found': 'Not found',
  'not-allowed': 'Not allowed',
  'wrong-state': 'Not possible in this state',
  'bad-input': 'The input cannot be used',
  stale: 'Changed meanwhile',
  'needs-proof': 'Proof of identity needed',
}

const problem = (code: string, title: string, detail: string): object => ({
  type: `https://homeward.example/problems/${code}`,
  title,
  detail,
})

const all = (): string => `Commands: ${Object.keys(commands).join(', ')}.`

const lineOf = (document: unknown): string =>
  JSON.stringify(document, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value))
