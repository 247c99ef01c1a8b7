import { type Command, done, needed, noneAlone } from '@/bin/commands/command'
import { requestId } from '@/bin/commands/request-id'
import { system } from '@/domain/actor'
import { undoRequest } from '@/domain/restore/undo-request'

export const command: Command = {
  usage: '--request ID',
  needs: 'services',
  async run(words) {
    noneAlone(words)
    const id = await requestId(needed(words, 'request'))
    await undoRequest(system('operator'), { requestId: id })
    return done({ request: id })
  },
}
