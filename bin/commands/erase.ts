import { type Command, done, noneAlone } from '@/bin/commands/command'
import { findSubscriber } from '@/bin/commands/find-subscriber'
import { system } from '@/domain/actor'
import { askErasure } from '@/domain/retention/ask-erasure'

/** Asks for it and no more: an administrator agrees in the portal, and seven days later it is done. */
export const command: Command = {
  usage: '--subscriber ID [--carrier S]',
  needs: 'services',
  async run(words) {
    noneAlone(words)
    const { id: subscriberId } = await findSubscriber(words)
    const { erasureId } = await askErasure(system('operator'), { subscriberId })
    return done({
      erasure: erasureId,
      subscriber: subscriberId,
      state: 'asked',
      next: 'An administrator agrees or refuses.',
    })
  },
}
