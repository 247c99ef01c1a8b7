import { Card } from '@/app/_ui/card'
import { Disclosure } from '@/app/_ui/disclosure'
import { Part } from '@/app/_ui/page'
import { AdviceLines } from '@/app/admin/incidents/[id]/advice-lines'
import type { PartProps } from '@/app/admin/incidents/[id]/part-props'
import { scopeInWords } from '@/app/admin/incidents/incident-words'
import { standingAdvice } from '@/domain/incident/advice'

/** What holds for whom, and every version before. */
export function AdvicePart({
  visit,
  incident,
  manages,
  carriers,
}: PartProps & { carriers: { id: string; name: string }[] }) {
  const { t } = visit
  const holding = new Set(standingAdvice(incident.advice).map(({ id }) => id))
  const now = incident.advice.filter(({ id }) => holding.has(id))
  const before = incident.advice.filter(({ id }) => !holding.has(id)).reverse()
  const wayTo = ({ carrierId, deviceModel }: (typeof now)[number]) =>
    `/admin/incidents/${incident.id}/advice?${new URLSearchParams({ carrier: carrierId ?? '', model: deviceModel ?? '' })}`
  return (
    <Card>
      <Part>
        <h2 id="advice">{t('statusPage.advice.heading')}</h2>
        {now.length === 0 ? <p>{t('incidents.advice.none')}</p> : null}
        {now.map(advice => (
          <section key={advice.id} className="grid gap-2">
            <h3>{scopeInWords(visit, carriers, advice)}</h3>
            <AdviceLines visit={visit} advice={advice} />
            {manages ? (
              <p>
                <a className="inline-flex min-h-9 items-center" href={wayTo(advice)}>
                  {t('incidents.advice.change')}
                  <span className="sr-only">: {scopeInWords(visit, carriers, advice)}</span>
                </a>
              </p>
            ) : null}
          </section>
        ))}
        {manages ? (
          <p>
            <a className="inline-flex min-h-9 items-center" href={`/admin/incidents/${incident.id}/advice`}>
              {t('incidents.advice.add')}
            </a>
          </p>
        ) : null}
        {before.length === 0 ? null : (
          <Disclosure summary={t('statusPage.advice.earlier')}>
            <div className="grid gap-4">
              {before.map(advice => (
                <section key={advice.id} className="grid gap-2">
                  <h3>{scopeInWords(visit, carriers, advice)}</h3>
                  <AdviceLines visit={visit} advice={advice} />
                </section>
              ))}
            </div>
          </Disclosure>
        )}
      </Part>
    </Card>
  )
}
