import { type Command, done, noneAlone } from '@/bin/commands/command'
import { system } from '@/domain/actor'
import { countPurge, purge } from '@/domain/retention/purge'
import { retentionPeriods } from '@/domain/retention/retention-periods'

export const command: Command = {
  usage: '[--dry-run]',
  needs: 'services',
  async run(words, services) {
    noneAlone(words)
    const operator = system('operator')
    if (words.options.has('dry-run'))
      return done({ wouldRemove: await countPurge(operator, services), kept: retentionPeriods })
    const removed = await purge(operator, services)
    return done(removed === null ? { removed: {}, doneToday: true } : { removed, doneToday: false })
  },
}
