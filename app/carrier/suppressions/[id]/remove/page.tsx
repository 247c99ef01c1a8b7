import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import { Acts, Button, LinkButton } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { findSuppression } from '@/domain/notice/list-suppressions'

/** Before announcements go to an address again. */
export default page('/carrier/suppressions/[id]/remove', async (visit, { params, query }) => {
  const { t, actor, dates } = visit
  const { id, channel, createdAt } = await findSuppression(actor, params.id ?? '')
  const form = await formState(visit, query.one('form'), 'notices.errors')
  return (
    <ConsolePage
      title={t('notices.suppressions.removeTitle')}
      back={{ href: '/carrier/suppressions', label: t('notices.suppressions.title') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      <Card>
        <Part>
          <p>
            {t('notices.suppressions.removeText', {
              kind: t(`notices.channels.inline.${channel}`),
              moment: dates.moment(createdAt),
            })}
          </p>
          <Form action={`/carrier/suppressions/${id}/remove/confirm`} token={visit.formToken}>
            <Acts>
              <Button look="stern">{t('notices.suppressions.removeDo')}</Button>
              <LinkButton look="plain" href="/carrier/suppressions">
                {t('notices.keep')}
              </LinkButton>
            </Acts>
          </Form>
        </Part>
      </Card>
    </ConsolePage>
  )
})
