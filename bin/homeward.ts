import { type Command, parseWords, WrongUsage } from '@/bin/commands/command'
import { Refusal } from '@/domain/errors'

/** The operator's commands, loaded when they are asked for: a command that needs no installation opens none. */
const commands: Record<string, () => Promise<{ command: Command }>> = {
  'bag validate': () => import('@/bin/commands/bag-validate'),
  intake: () => import('@/bin/commands/intake'),
  'carrier add': () => import('@/bin/commands/carrier-add'),
  'subscriber add': () => import('@/bin/commands/subscriber-add'),
  'account add': () => import('@/bin/commands/account-add'),
  holdings: () => import('@/bin/commands/holdings'),
  restore: () => import('@/bin/commands/restore'),
  work: () => import('@/bin/commands/work'),
  report: () => import('@/bin/commands/report'),
  undo: () => import('@/bin/commands/undo'),
}

/** Writes one JSON document to standard output, whatever happens. Answers the exit code: 0 done, 1 refused or failed, 2 wrong usage. */
async function main(args: string[]): Promise<number> {
  const name = [args.slice(0, 2).join(' '), args[0] ?? ''].find(one => Object.hasOwn(commands, one))
  let usage = ''
  try {
    if (name === undefined) throw new WrongUsage(args[0] ? `There is no command "${args[0]}".` : 'Name a command.')
    const { command } = await commands[name]!()
    usage = `homeward ${name} ${command.usage}`
    const words = parseWords(args.slice(name.split(' ').length), command.usage)
    const { document, exitCode } = await runCommand(command, words)
    await print(document)
    return exitCode
  } catch (error) {
    if (error instanceof WrongUsage) {
      await print(problem('wrong-usage', 'Wrong usage', `${error.message} ${usage || usageOfAll()}`))
      return 2
    }
    await print(refused(error))
    return 1
  }
}

async function runCommand(command: Command, words: ReturnType<typeof parseWords>) {
  if (command.needs === 'nothing') return command.run(words)
  const { withInstallation } = await import('@/bin/installation')
  return withInstallation(({ services, queue }) => command.run(words, services, queue))
}

/** Problem details (RFC 9457). What nobody foresaw is told as it is: the operator is who can do something about it. */
function refused(error: unknown): object {
  if (error instanceof Refusal) {
    const field = error.field === null ? {} : { field: error.field }
    return { ...problem(error.code, titles[error.kind], error.detail), ...field }
  }
  if (process.stderr.isTTY && error instanceof Error) console.error(error.stack)
  return problem('failed', 'It failed', error instanceof Error ? error.message : String(error))
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

const usageOfAll = (): string => `Commands: ${Object.keys(commands).join(', ')}.`

/** Waits until it is written: the process may end right after, with a pipe behind it. */
function print(document: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${JSON.stringify(document, jsonValue)}\n`, error => (error ? reject(error) : resolve()))
  })
}

const jsonValue = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : value)

process.exitCode = await main(process.argv.slice(2))
