import { type Command, done, noneAlone } from '@/bin/commands/command'
import { findSubscriber } from '@/bin/commands/find-subscriber'
import { system } from '@/domain/actor'
import { listHoldings } from '@/domain/recovery/list-holdings'

export const command: Command = {
  usage: '--subscriber ID [--carrier S]',
  needs: 'services',
  async run(words) {
    noneAlone(words)
    const subscriber = await findSubscriber(words)
    const holdings = await listHoldings(system('operator'), { subscriberId: subscriber.id })
    return done({
      subscriber: subscriber.accountId,
      holdings: holdings.map(
        ({ batch, category, complete, partial, damaged, expected, asOf, missing, newest, usable }) => {
          return { batch, category, complete, partial, damaged, expected, asOf, missing, newest, usable }
        },
      ),
    })
  },
}
