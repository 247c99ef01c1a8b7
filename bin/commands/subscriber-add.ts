import { type Command, done, needed, noneAlone, option, WrongUsage } from '@/bin/commands/command'
import { system } from '@/domain/actor'
import { addSubscriber } from '@/domain/subscriber/add-subscriber'

export const command: Command = {
  usage: '--id ID --carrier S --email E [--name N] [--phone P] [--language en|fr] [--region R] [--device-model M]',
  needs: 'services',
  async run(words, services) {
    noneAlone(words)
    const language = option(words, 'language') ?? 'en'
    if (language !== 'en' && language !== 'fr') throw new WrongUsage('--language is en or fr.')
    const subscriber = await addSubscriber(system('operator'), services.secrets, {
      carrierSlug: needed(words, 'carrier'),
      accountId: needed(words, 'id'),
      email: needed(words, 'email'),
      name: option(words, 'name') ?? null,
      phone: option(words, 'phone') ?? null,
      language,
      region: option(words, 'region') ?? null,
      deviceModel: option(words, 'device-model') ?? null,
    })
    const { accountId, email } = subscriber
    return done({ subscriber: { id: accountId, carrier: needed(words, 'carrier'), email, language } })
  },
}
