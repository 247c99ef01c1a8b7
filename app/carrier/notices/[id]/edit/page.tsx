import { redirect } from 'next/navigation'
import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Acts, Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { problemsInWords, sizeInWords } from '@/app/carrier/notice-words'
import { AudienceFields } from '@/app/carrier/notices/[id]/edit/audience-fields'
import { MeanwhileSaved } from '@/app/carrier/notices/[id]/edit/meanwhile-saved'
import { TextFields } from '@/app/carrier/notices/[id]/edit/text-fields'
import { countAudience } from '@/domain/notice/count-audience'
import { findNotice } from '@/domain/notice/find-notice'
import { listAudienceChoices } from '@/domain/notice/list-audience-choices'
import { listIncidentChoices } from '@/domain/notice/list-incident-choices'

/** The editor: both languages side by side, who it is for and how they are told. Every button saves the draft first. */
export default page('/carrier/notices/[id]/edit', async (visit, { params, query }) => {
  const { t, actor, formToken } = visit
  const notice = await findNotice(actor, params.id ?? '')
  const here = `/carrier/notices/${notice.id}`
  if (!notice.actions.includes('edit')) redirect(here)
  const [form, choices, incidents, size] = await Promise.all([
    formState(visit, query.one('form'), 'notices.errors'),
    listAudienceChoices(actor, notice.carrierId),
    listIncidentChoices(actor, notice.carrierId),
    query.one('size') === undefined ? undefined : countAudience(actor, notice),
  ])
  const checked = query.one('check') !== undefined && !form.returned
  const errors = checked ? problemsInWords(visit, notice.problems) : form.errors
  const fields = { visit, notice, form: { ...form, errors } }
  return (
    <ConsolePage
      title={t('notices.edit.title', { number: String(notice.number) })}
      lead={t('notices.edit.lead')}
      back={{ href: here, label: t('notices.number', { number: String(notice.number) }) }}
      errors={errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <MeanwhileSaved {...fields} />
      <Form action={`${here}/edit/save`} token={formToken} hidden={{ version: String(notice.version) }}>
        <TextFields {...fields} incidents={incidents} />
        <AudienceFields {...fields} choices={choices} />
        <Card>
          <Part>
            <p
              id="size"
              role={size === undefined ? undefined : 'status'}
              className={size === undefined ? '' : 'font-semibold'}
            >
              {size === undefined ? t('notices.size.notCounted') : sizeInWords(visit, size)}
            </p>
            <Quiet>{t('notices.size.hint')}</Quiet>
            <Acts>
              <Button name="go" value="save">
                {t('notices.edit.save')}
              </Button>
              <Button look="plain" name="go" value="size">
                {t('notices.edit.size')}
              </Button>
              <Button look="plain" name="go" value="preview">
                {t('notices.edit.preview')}
              </Button>
            </Acts>
          </Part>
        </Card>
      </Form>
    </ConsolePage>
  )
})
