import { answer } from '@/bin/commands/answer'

// Everything that a command may need is loaded when one needs it.
const { line, exitCode } = await answer(process.argv.slice(2), async work => {
  const { withInstallation } = await import('@/bin/installation')
  return withInstallation(work)
})
// Waits until it is written: the process may end right after, with a pipe behind it.
await new Promise<void>((resolve, reject) => {
  process.stdout.write(`${line}\n`, error => (error ? reject(error) : resolve()))
})
process.exitCode = exitCode
