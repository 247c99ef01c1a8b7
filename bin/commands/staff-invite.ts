import { type Command, done, needed, noneAlone } from '@/bin/commands/command'
import { system } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { invitationHours } from '@/domain/identity/invitation-row'
import { inviteStaff } from '@/domain/identity/invite-staff'
import { listStaff } from '@/domain/subscriber/list-staff'
import { environment } from '@/gateways/env'

const operator = system('operator')

/**
 * How a new installation's first administrator gets in: the link stands in the answer, this once. It enrols nobody who has a
 * passkey already.
 */
export const command: Command = {
  usage: '--email E',
  needs: 'services',
  async run(words) {
    noneAlone(words)
    const email = needed(words, 'email').toLowerCase()
    const member = (await listStaff(operator)).find(one => one.email === email && one.leftAt === null)
    if (member === undefined) throw notFound('staff member')
    const { origin } = new URL(environment().publicUrl)
    const { token } = await inviteStaff(operator, { staffId: member.id })
    const link = `${origin}/sign-in/invitation?${new URLSearchParams({ token })}`
    return done({ invitation: { email, link, hours: invitationHours } })
  },
}
