import { randomUUID } from 'node:crypto'
import { headers } from 'next/headers'
import { mail } from '@/app/_shell/mail'
import { ownOrigin } from '@/app/_shell/origin'
import { settings } from '@/app/_shell/settings'
import { type Invitation, invitationHours } from '@/domain/identity/invitation-row'
import { renderMail } from '@/messages/mail/render-mail'

/** Writes to whoever is invited, and to nobody else: an administrator never sees the link. It is in no row and no log. */
export async function mailInvitation({ token, email: to, name, language }: Invitation): Promise<void> {
  const { mailFrom: from } = settings()
  const origin = ownOrigin(await headers())
  const rendered = await renderMail('sign-in', language, {
    name,
    carrier: 'Homeward',
    purpose: 'enrol',
    url: `${origin}/sign-in/invitation?${new URLSearchParams({ token })}`,
    minutes: invitationHours * 60,
    helpUrl: `${origin}/${language}`,
    timeZone: 'UTC',
  })
  await mail().send({ to, from, messageId: `<${randomUUID()}@${new URL(origin).hostname}>`, ...rendered })
}
