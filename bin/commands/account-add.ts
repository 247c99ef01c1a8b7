import { type Command, done, needed, noneAlone, option, WrongUsage } from '@/bin/commands/command'
import { findSubscriber } from '@/bin/commands/find-subscriber'
import { system } from '@/domain/actor'
import type { AddAccountInput } from '@/domain/restore/account-inputs'
import { addAccount } from '@/domain/restore/add-account'

export const command: Command = {
  usage:
    '--subscriber ID [--carrier S] --kind dav|vdir --url URL [--files-url URL] [--username U] [--password-env VAR] [--label TEXT]',
  needs: 'services',
  async run(words, services) {
    noneAlone(words)
    const kind = needed(words, 'kind')
    if (kind !== 'dav' && kind !== 'vdir') throw new WrongUsage('--kind is dav or vdir.')
    const variable = option(words, 'password-env')
    const password = variable === undefined ? null : process.env[variable]
    const onlyDav = ['files-url', 'username', 'password-env'].find(name => words.options.has(name))
    if (kind === 'vdir' && onlyDav) throw new WrongUsage(`--${onlyDav} is for --kind dav.`)
    if (password === undefined) throw new WrongUsage(`The environment has no variable ${variable}.`)
    const subscriber = await findSubscriber(words)
    const common = {
      subscriberId: subscriber.id,
      url: needed(words, 'url'),
      label: option(words, 'label') ?? '',
    }
    const dav = { filesUrl: option(words, 'files-url') ?? null, username: option(words, 'username') ?? null, password }
    const input: AddAccountInput = kind === 'dav' ? { kind, ...common, ...dav } : { kind, ...common }
    const { id, discovery } = await addAccount(system('operator'), services, input)
    return done({ account: id, kind, ...discovery })
  },
}
