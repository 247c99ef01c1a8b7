import type { Visit } from '@/app/_shell/visit'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { Prose } from '@/app/_ui/prose'
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
      <div className="border-line border-t pt-3">
        <Prose html={html} lang={language} />
      </div>
    </>
  )
}
