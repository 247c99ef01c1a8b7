import type { Visit } from '@/app/_shell/visit'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { Disclosure } from '@/app/_ui/disclosure'
import { previewedMail } from '@/app/carrier/notices/[id]/preview/placeholder-person'
import type { FoundNotice } from '@/domain/notice/find-notice'
import type { NoticePreview } from '@/domain/notification/preview-notice'

/** The mail that is sent: its subject, its HTML framed apart, where nothing runs, and its text. */
export async function MailPreview({
  visit: { t },
  notice,
  preview,
}: {
  visit: Visit
  notice: FoundNotice
  preview: NoticePreview
}) {
  const { language } = preview
  const { subject, text } = await previewedMail(preview)
  return (
    <>
      <CompactFacts rows={[{ term: t('notices.preview.subject'), value: <span lang={language}>{subject}</span> }]} />
      <iframe
        title={t('notices.preview.frame', { language: t(`support.languages.${language}`) })}
        src={`/carrier/notices/${notice.id}/preview/mail?language=${language}`}
        sandbox="allow-scripts"
        className="h-[36rem] w-full rounded-card border border-line bg-card"
      />
      <Disclosure summary={t('notices.preview.text')}>
        <p lang={language} className="whitespace-pre-line text-note [overflow-wrap:anywhere]">
          {text}
        </p>
      </Disclosure>
    </>
  )
}
