import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Acts, Button, LinkButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { errorFor, Form, TextField } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import type { FoundNotice } from '@/domain/notice/find-notice'
import { may } from '@/domain/policy'

interface Props {
  visit: Visit
  notice: FoundNotice
  form: FormState
}

/** What the reader may do now, from the table that guards the verbs. What many will notice is asked about on its own page. */
export function NoticeActs({ visit, notice, form }: Props) {
  const { t, actor, formToken } = visit
  const here = `/carrier/notices/${notice.id}`
  const offers = (action: FoundNotice['actions'][number]) => notice.actions.includes(action)
  const hidden = { version: String(notice.version) }
  return (
    <Card>
      <Part>
        <h2>{t('notices.acts.title')}</h2>
        {notice.status === 'submitted' && notice.own ? <p>{t('notices.acts.second')}</p> : null}
        {notice.status === 'submitted' && !notice.own && !offers('approve') ? <p>{t('notices.acts.waits')}</p> : null}
        {offers('submit') ? (
          <Form action={`${here}/submit`} token={formToken} hidden={hidden}>
            <Quiet>{t('notices.acts.submitText')}</Quiet>
            <Acts>
              <Button>{t('notices.acts.submit')}</Button>
            </Acts>
          </Form>
        ) : null}
        <Acts>
          {offers('approve') ? <LinkButton href={`${here}/approve`}>{t('notices.approve.title')}</LinkButton> : null}
          {offers('publish') ? <LinkButton href={`${here}/publish`}>{t('notices.publish.title')}</LinkButton> : null}
          {offers('schedule') ? (
            <LinkButton look="plain" href={`${here}/schedule`}>
              {t('notices.schedule.title')}
            </LinkButton>
          ) : null}
          {offers('edit') ? (
            <LinkButton look="plain" href={`${here}/edit`}>
              {t('notices.acts.edit')}
            </LinkButton>
          ) : null}
          <LinkButton look="plain" href={`${here}/preview`}>
            {t('notices.acts.preview')}
          </LinkButton>
          {offers('send-back') ? (
            <LinkButton look="plain" href={`${here}/return`}>
              {t('notices.return.title')}
            </LinkButton>
          ) : null}
          {offers('correct') ? (
            <LinkButton look="plain" href={`${here}/correct`}>
              {t('notices.correct.title')}
            </LinkButton>
          ) : null}
          {offers('discard') ? (
            <LinkButton look="stern" href={`${here}/discard`}>
              {t('notices.discard.title')}
            </LinkButton>
          ) : null}
          {offers('withdraw') ? (
            <LinkButton look="stern" href={`${here}/withdraw`}>
              {t('notices.withdraw.title')}
            </LinkButton>
          ) : null}
        </Acts>
        {offers('unschedule') ? (
          <Form action={`${here}/unschedule`} token={formToken} hidden={hidden}>
            <div>
              <Button look="plain">{t('notices.acts.unschedule')}</Button>
            </div>
          </Form>
        ) : null}
        {may(actor, 'notice.write', { carrierId: notice.carrierId, subscriberId: null }) ? (
          <SaveAsTemplate visit={visit} notice={notice} form={form} />
        ) : null}
      </Part>
    </Card>
  )
}

function SaveAsTemplate({ visit: { t, formToken }, notice, form }: Props) {
  return (
    <Disclosure summary={t('notices.templates.saveTitle')} open={form.value('name') !== undefined}>
      <Form action={`/carrier/notices/${notice.id}/template`} token={formToken}>
        <TextField
          name="name"
          label={t('notices.templates.name')}
          hint={t('notices.templates.nameHint')}
          error={errorFor(form.errors, 'name')}
          value={form.value('name')}
        />
        <div>
          <Button look="plain">{t('notices.templates.save')}</Button>
        </div>
      </Form>
    </Disclosure>
  )
}
