import type { Visit } from '@/app/_shell/visit'
import { CompactFacts } from '@/app/_ui/compact-facts'
import type { Language } from '@/messages/language'

/** The mail's subject and words. `html` is sanitized. */
export function MailPreview({
  visit: { t },
  carrier,
  language,
  title,
  html,
}: {
  visit: Visit
  carrier: string
  language: Language
  title: string
  html: string
}) {
  return (
    <>
      <CompactFacts
        rows={[
          { term: t('notices.preview.from'), value: carrier },
          { term: t('notices.preview.subject'), value: <span lang={language}>{title}</span> },
        ]}
      />
      <div
        lang={language}
        className="prose grid gap-3 border-line border-t pt-3 [overflow-wrap:anywhere]"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: written and sanitized by formats/markdown
        dangerouslySetInnerHTML={{ __html: html }}
      />
    </>
  )
}
