import { type Command, done, needed, noneAlone, option, WrongUsage } from '@/bin/commands/command'
import { staffRoles, system } from '@/domain/actor'
import { addStaff } from '@/domain/subscriber/add-staff'

export const command: Command = {
  usage: '--email E --name N --role R [--carrier S] [--language en|fr]',
  needs: 'services',
  async run(words) {
    noneAlone(words)
    const language = option(words, 'language') ?? 'en'
    if (language !== 'en' && language !== 'fr') throw new WrongUsage('--language is en or fr.')
    const given = needed(words, 'role').replaceAll('-', '_')
    const role = staffRoles.find(one => one === given)
    if (role === undefined) throw new WrongUsage(`--role is one of ${staffRoles.join(', ')}.`)
    const carrierSlug = option(words, 'carrier') ?? null
    const { id, email } = await addStaff(system('operator'), {
      email: needed(words, 'email'),
      name: needed(words, 'name'),
      ...{ role, carrierSlug, language },
    })
    return done({ staff: { id, email, role, carrier: carrierSlug } })
  },
}
