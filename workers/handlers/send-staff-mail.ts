import { isReleaseMail, isTicketMail } from '@/domain/notification/add-staff-message'
import {
  type LoadedStaffMessage,
  loadStaffMessage,
  noteStaffMessageSent,
} from '@/domain/notification/load-staff-message'
import { MailNotSent } from '@/domain/notification/mail-gateway'
import { renderMail } from '@/messages/mail/render-mail'
import { translator } from '@/messages/translate'
import type { Handle } from '@/workers/handler'

/**
 * Tells somebody who works here what became of their ways in, or of what two people decide. Killed before it is noted, it is sent
 * again under the same Message-ID.
 */
export const handle: Handle<{ staffMessageId: string }> = async ({ staffMessageId }, services) => {
  const loaded = await loadStaffMessage(staffMessageId)
  if (!loaded) return undefined
  const { publicUrl, timeZone, mail, mailFrom: from } = services
  const { id, to, name, language } = loaded
  const everywhere = { name, carrier: 'Homeward', helpUrl: `${publicUrl}/${language}`, timeZone }
  const rendered = await render(loaded, everywhere, publicUrl)
  try {
    await mail.send({ to, from, ...rendered, messageId: `<${id}@${new URL(publicUrl).hostname}>` })
  } catch (error) {
    if (error instanceof MailNotSent && error.permanent) return { failed: { code: 'mail-refused', retryAt: null } }
    throw error
  }
  await noteStaffMessageSent(id)
  return undefined
}

function render(
  { language, template: what, at, release, ticket, breaches }: LoadedStaffMessage,
  everywhere: { name: string; carrier: string; helpUrl: string; timeZone: string },
  publicUrl: string,
) {
  if (what === 'mentioned') {
    if (ticket === null) throw new Error('A mail of a note names no ticket.')
    const { id, reference } = ticket
    return renderMail('mentioned', language, { ...everywhere, reference, url: `${publicUrl}/support/tickets/${id}` })
  }
  if (isTicketMail(what)) {
    if (ticket === null) throw new Error(`A mail of a ticket names none: ${what}.`)
    const { id, reference } = ticket
    const url = `${publicUrl}/support/tickets/${id}`
    return renderMail('ticket-news', language, { ...everywhere, what, reference, url })
  }
  if (what === 'breached') {
    if (breaches === null) throw new Error('A mail of targets that were missed says not when.')
    const { carrier: whose, ...missed } = breaches
    return renderMail('breached', language, { ...everywhere, ...missed, whose, url: `${publicUrl}/support` })
  }
  if (!isReleaseMail(what))
    return renderMail('staff-guard', language, { ...everywhere, url: `${publicUrl}/security`, what, at })
  if (release === null) throw new Error(`A mail of a release names none: ${what}.`)
  const { incidentId, title, category, expiresAt } = release
  return renderMail('release', language, {
    ...everywhere,
    what,
    url: `${publicUrl}/admin/incidents/${incidentId}/wave?category=${category}`,
    title: title[language],
    category: translator(language)(`statusPage.category.${category}`),
    expiresAt,
  })
}
