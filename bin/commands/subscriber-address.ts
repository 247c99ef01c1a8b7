import { type Command, done, needed, noneAlone } from '@/bin/commands/command'
import { findSubscriber } from '@/bin/commands/find-subscriber'
import { system } from '@/domain/actor'
import { changeAddress } from '@/domain/identity/change-address'
import { holdDays } from '@/domain/identity/holds'

/** Takes over what the carrier's record has now: the one before is told, and for ten days nothing is given out. */
export const command: Command = {
  usage: '--subscriber ID --email E [--carrier S]',
  needs: 'services',
  async run(words) {
    noneAlone(words)
    const email = needed(words, 'email')
    const { id: subscriberId, accountId, email: previous } = await findSubscriber(words)
    await changeAddress(system('operator'), { subscriberId, email })
    const heldDays = previous === email ? 0 : holdDays
    return done({ subscriber: { id: accountId, email }, heldDays })
  },
}
