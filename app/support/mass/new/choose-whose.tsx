import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { SelectField } from '@/app/_ui/select-field'
import { newPath } from '@/app/support/mass/mass-form'
import { whichOptions } from '@/app/support/mass/which-incident'
import { mayEver } from '@/domain/policy'
import type { LinkChoice } from '@/domain/triage/find-linked'
import type { QueueChoices } from '@/domain/triage/list-queue-choices'
import type { BegunKind } from '@/domain/triage/mass/mass-what'

interface Props {
  visit: Visit
  /** What is to be done, where that is said already. */
  kind: BegunKind | null
  choices: LinkChoice[]
  carriers: QueueChoices['carriers']
}

/** Whoever has not said which tickets: from where they can be chosen. */
export function ChooseWhose(props: Props) {
  const { t, actor } = props.visit
  const readsQueue = mayEver(actor, 'queue.read')
  return (
    <Card>
      <Part>
        <h2>{t('mass.from.title')}</h2>
        {readsQueue ? (
          <section className="grid gap-1">
            <h3>{t('mass.from.queue')}</h3>
            <p>{t('mass.from.queueText')}</p>
            <Go href="/support">{t('mass.from.queueGo')}</Go>
          </section>
        ) : null}
        <OfIncident {...props} />
        {readsQueue ? <Open {...props} /> : null}
      </Part>
    </Card>
  )
}

function Go({ href, children }: { href: string; children: string }) {
  return (
    <p>
      <a className="inline-flex min-h-6 items-center" href={href}>
        {children}
      </a>
    </p>
  )
}

function OfIncident({ visit, kind, choices }: Props) {
  const { t } = visit
  return (
    <section className="grid gap-1">
      <h3>{t('mass.from.incident')}</h3>
      {choices.length === 0 ? (
        <p>{t('mass.from.noIncident')}</p>
      ) : (
        <Form method="get" action="/support/mass/new" hidden={kind === null ? {} : { act: kind }}>
          <div className="flex flex-wrap items-end gap-2">
            <SelectField
              name="which"
              label={t('mass.form.incident')}
              value={undefined}
              options={whichOptions(visit, choices)}
            />
            <Button look="plain">{t('mass.from.incidentGo')}</Button>
          </div>
        </Form>
      )}
    </section>
  )
}

/** Of their own carrier, or of all of them where theirs is the whole installation. */
function Open({ visit: { t, actor }, kind, carriers }: Props) {
  const carrierId = 'carrierId' in actor ? actor.carrierId : null
  const carrier = carriers.find(({ id }) => id === carrierId)?.name
  const filter = JSON.stringify({ status: 'open', ...(carrierId === null ? {} : { carrier: carrierId }) })
  return (
    <section className="grid gap-1">
      <h3>{t('mass.from.open')}</h3>
      <p>{carrier === undefined ? t('mass.from.openEverywhere') : t('mass.from.openText', { carrier })}</p>
      <Go href={newPath({ filter }, kind === null ? {} : { act: kind })}>{t('mass.from.openGo')}</Go>
    </section>
  )
}
