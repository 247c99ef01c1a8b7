import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { KeyTable } from '@/app/support/key-table'
import { WorkLanguages } from '@/app/support/work-languages'
import { may } from '@/domain/policy'
import { readWorking } from '@/domain/triage/read-working'

const did = ['languages', 'on', 'off'] as const

/** One's own way of working in the console: languages and keys. */
export default page('/support/working', async (visit, { query }) => {
  const { t, actor, formToken, people } = visit
  const [{ languages, shortcuts }, form] = await Promise.all([
    readWorking(actor),
    formState(visit, query.one('form'), 'atHand.errors'),
  ])
  const done = did.find(one => one === query.one('done'))
  const staffId = people.staff?.id ?? null
  const about = { carrierId: null, subscriberId: null, staffId }
  const mayChoose = actor.role !== 'administrator' && may(actor, 'staff.choose-languages', about)
  return (
    <ConsolePage
      title={t('atHand.working.title')}
      lead={t('atHand.working.lead')}
      back={{ href: '/support', label: t('atHand.working.back') }}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {form.returned || done === undefined ? null : (
        <div role="status">
          <Notice standing="ok" title={t(`atHand.working.done.${done}`)} />
        </div>
      )}
      {mayChoose ? (
        <Card>
          <Form action="/support/working/languages" token={formToken}>
            <WorkLanguages visit={visit} chosen={languages} form={form} own />
            <div>
              <Button look="plain">{t('atHand.working.save')}</Button>
            </div>
          </Form>
        </Card>
      ) : null}
      <Card>
        <Part>
          <h2>{t('atHand.working.shortcuts')}</h2>
          <p>{t(shortcuts ? 'atHand.working.on' : 'atHand.working.off')}</p>
          <SwitchShortcuts visit={visit} on={shortcuts} />
          <p>{t('atHand.keys.lead')}</p>
          <KeyTable visit={visit} />
        </Part>
      </Card>
    </ConsolePage>
  )
})

function SwitchShortcuts({ visit: { t, formToken }, on }: { visit: Visit; on: boolean }) {
  return (
    <Form action="/support/working/shortcuts" token={formToken} hidden={{ on: on ? 'no' : 'yes' }}>
      <div>
        <Button look="plain">{t(on ? 'atHand.working.switchOff' : 'atHand.working.switchOn')}</Button>
      </div>
    </Form>
  )
}
