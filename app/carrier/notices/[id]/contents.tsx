import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet, Said } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import type { FoundNotice } from '@/domain/notice/find-notice'

/** What it says in each language as it was written, and beside that why it no longer holds. */
export function NoticeContents({ visit: { t, dates }, notice }: { visit: Visit; notice: FoundNotice }) {
  const written = [
    { language: 'en', title: notice.titleEn, body: notice.bodyEn, sms: notice.smsEn, why: notice.endReasonEn },
    { language: 'fr', title: notice.titleFr, body: notice.bodyFr, sms: notice.smsFr, why: notice.endReasonFr },
  ] as const
  return (
    <div className="grid gap-5 xl:grid-cols-2 [&>*]:min-w-0">
      {written.map(({ language, title, body, sms, why }) => (
        <Card key={language}>
          <Part>
            <h2>{t(`notices.edit.language.${language === 'en' ? 'En' : 'Fr'}`)}</h2>
            {notice.endedAt === null || !why ? null : (
              <Said>
                <p className="font-semibold">
                  {t(notice.status === 'corrected' ? 'notices.ended.corrected' : 'notices.ended.withdrawn', {
                    moment: dates.moment(notice.endedAt),
                  })}
                </p>
                <p lang={language} className="whitespace-pre-line [overflow-wrap:anywhere]">
                  {why}
                </p>
              </Said>
            )}
            {title === '' && body === '' ? (
              <p className="text-quiet">{t('notices.notWritten')}</p>
            ) : (
              <div lang={language} className="grid gap-3 [overflow-wrap:anywhere]">
                <p className="font-semibold">{title}</p>
                <p className="whitespace-pre-line">{body}</p>
              </div>
            )}
            {sms === '' ? null : (
              <div>
                <Quiet>{t('notices.channels.sms')}</Quiet>
                <p lang={language} className="whitespace-pre-line [overflow-wrap:anywhere]">
                  {sms}
                </p>
              </div>
            )}
          </Part>
        </Card>
      ))}
    </div>
  )
}
