import { loadRootMail, noteRootMailSent } from '@/domain/evidence/load-root-mail'
import { rootText } from '@/domain/evidence/root-file'
import { MailNotSent } from '@/domain/notification/mail-gateway'
import { renderMail } from '@/messages/mail/render-mail'
import type { Handle } from '@/workers/handler'
import { rootPath } from '@/workers/handlers/status-site/evidence-files'

/** Sends one auditor a root to keep. Killed before it is noted, it is sent again under the same Message-ID. */
export const handle: Handle<{ rootMailId: string }> = async ({ rootMailId }, services) => {
  const loaded = await loadRootMail(rootMailId)
  if (!loaded) return undefined
  const { publicUrl, timeZone, mail, mailFrom: from } = services
  const { to, name, language, root } = loaded
  const rendered = await renderMail('chain-root', language, {
    name,
    carrier: 'Homeward',
    helpUrl: `${publicUrl}/${language}`,
    timeZone,
    url: `${publicUrl}${rootPath(root)}`,
    publishedAt: new Date(root.publishedAt),
    root: root.root,
    chains: root.heads,
    events: root.events,
    file: rootText(root),
  })
  try {
    await mail.send({ to, from, ...rendered, messageId: `<${loaded.id}@${new URL(publicUrl).hostname}>` })
  } catch (error) {
    if (error instanceof MailNotSent && error.permanent) return { failed: { code: 'mail-refused', retryAt: null } }
    throw error
  }
  await noteRootMailSent(loaded.id)
  return undefined
}
