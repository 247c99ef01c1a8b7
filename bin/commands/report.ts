import { type Command, done, needed, noneAlone } from '@/bin/commands/command'
import { requestId } from '@/bin/commands/request-id'
import { system } from '@/domain/actor'
import { readOutcomes, readReport, readUndoOutcomes } from '@/domain/restore/read-report'

export const command: Command = {
  usage: '--request ID',
  needs: 'services',
  async run(words, services) {
    noneAlone(words)
    const operator = system('operator')
    const id = await requestId(needed(words, 'request'))
    const { undo, ...report } = await readReport(operator, id)
    const outcomes = await all(readOutcomes(operator, services, id))
    if (!undo) return done({ ...report, outcomes })
    const notTakenBack = await all(readUndoOutcomes(operator, services, id))
    return done({ ...report, outcomes, undo: { categories: undo, outcomes: notTakenBack } })
  },
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const gathered: T[] = []
  for await (const item of items) gathered.push(item)
  return gathered
}
