import { page } from '@/app/_shell/page'
import { LinkButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Part } from '@/app/_ui/page'
import { Prose } from '@/app/_ui/prose'
import { MailPreview } from '@/app/carrier/notices/[id]/preview/mail-preview'
import { previewFor } from '@/app/carrier/notices/[id]/preview/placeholder-person'
import { otherLanguage } from '@/messages/language'

/** The notice as people will meet it: on a page, as a mail, as a text message, in each language. */
export default page('/carrier/notices/[id]/preview', async (visit, { params }) => {
  const { t, actor } = visit
  const { notice, languages } = await previewFor(actor, params.id ?? '')
  const here = `/carrier/notices/${notice.id}`
  return (
    <ConsolePage
      title={t('notices.preview.title', { number: String(notice.number) })}
      lead={t('notices.preview.lead')}
      back={{ href: here, label: t('notices.number', { number: String(notice.number) }) }}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
      act={
        notice.actions.includes('edit') ? (
          <LinkButton look="plain" href={`${here}/edit`}>
            {t('notices.acts.edit')}
          </LinkButton>
        ) : undefined
      }
    >
      {languages.length === 0 ? (
        <Card>
          <p>{t('notices.preview.nothing')}</p>
        </Card>
      ) : null}
      <div className="grid items-start gap-5 lg:grid-cols-2 [&>*]:min-w-0">
        {languages.map(preview => {
          const { language, written, title, html, sms } = preview
          const spoken = written ? language : otherLanguage(language)
          return (
            <Part key={language}>
              <h2>{t(`notices.edit.language.${language === 'en' ? 'En' : 'Fr'}`)}</h2>
              {written ? null : <Quiet>{t('notices.preview.asItIs')}</Quiet>}
              <Card>
                <Part>
                  <h3>{t('notices.preview.page')}</h3>
                  <div lang={spoken} className="grid gap-3 [overflow-wrap:anywhere]">
                    <p className="font-semibold font-serif text-[1.3125rem]">{title}</p>
                    <Prose html={html} lang={spoken} />
                    <Quiet>{notice.carrier.name}</Quiet>
                  </div>
                </Part>
              </Card>
              <Card>
                <Part>
                  <h3>{t('notices.preview.mail')}</h3>
                  {notice.channels.includes('mail') ? (
                    <MailPreview visit={visit} notice={notice} preview={preview} />
                  ) : (
                    <Quiet>{t('notices.preview.noMail')}</Quiet>
                  )}
                </Part>
              </Card>
              <Card>
                <Part>
                  <h3>{t('notices.preview.sms')}</h3>
                  {sms === null || !notice.channels.includes('sms') ? (
                    <Quiet>{t('notices.preview.noSms')}</Quiet>
                  ) : (
                    <>
                      <p lang={spoken} className="whitespace-pre-line [overflow-wrap:anywhere]">
                        {sms.text}
                      </p>
                      <p className="font-semibold">
                        {t('notices.preview.parts', { parts: sms.parts, units: sms.units, perPart: sms.perPart })}
                      </p>
                      <Quiet>{t('notices.preview.partsHint')}</Quiet>
                    </>
                  )}
                </Part>
              </Card>
            </Part>
          )
        })}
      </div>
    </ConsolePage>
  )
})
