import { type Command, done, needed, noneAlone, option } from '@/bin/commands/command'
import { system } from '@/domain/actor'
import { addCarrier } from '@/domain/subscriber/add-carrier'

export const command: Command = {
  usage: '--slug S --name N [--country CC]',
  needs: 'services',
  async run(words) {
    noneAlone(words)
    const country = option(words, 'country')
    const carrier = await addCarrier(system('operator'), {
      slug: needed(words, 'slug'),
      name: needed(words, 'name'),
      ...(country ? { country } : {}),
    })
    return done({ carrier: { id: carrier.id, slug: carrier.slug, name: carrier.name, country: carrier.country } })
  },
}
