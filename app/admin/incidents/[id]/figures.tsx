import { Card, Quiet } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { Part } from '@/app/_ui/page'
import type { PartProps } from '@/app/admin/incidents/[id]/part-props'
import { categories } from '@/domain/record/category'

/** What was counted from recovered data and restores; nobody types it in. */
export function Figures({ visit: { t, dates }, incident }: PartProps) {
  const { counts } = incident
  return (
    <Card>
      <Part>
        <h2>{t('statusPage.counts.heading')}</h2>
        {counts === null ? (
          <p>{t('statusPage.counts.none')}</p>
        ) : (
          <>
            <CompactFacts
              rows={[
                { term: t('statusPage.counts.affected'), value: dates.number(counts.of.affected) },
                { term: t('statusPage.counts.restored'), value: dates.number(counts.of.restoredPeople) },
                ...categories.map(category => {
                  const { complete, partial, damaged, restored } = counts.of.categories[category]
                  return {
                    term: t(`statusPage.category.${category}`),
                    value: t('incidents.figures.category', { found: complete + partial, damaged, restored }),
                  }
                }),
              ]}
            />
            <Quiet>{t('statusPage.counts.counted', { moment: dates.moment(counts.countedAt) })}</Quiet>
          </>
        )}
      </Part>
    </Card>
  )
}

/** What was learnt, once it is over. */
export function LooksBack({ visit: { t, dates }, incident, manages }: PartProps) {
  return (
    <Card>
      <Part>
        <h2>{t('incidents.postmortem.title')}</h2>
        {incident.postmortems.length === 0 ? <p>{t('incidents.postmortem.none')}</p> : null}
        <ul className="grid gap-1">
          {incident.postmortems.map(({ version, publishedAt, author }) => (
            <li key={version}>
              {t('statusPage.postmortem.version', { version: String(version), moment: dates.moment(publishedAt) })}
              {author === null ? null : ` · ${author}`}
            </li>
          ))}
        </ul>
        {manages ? (
          <p>
            <a className="inline-flex min-h-9 items-center" href={`/admin/incidents/${incident.id}/postmortem`}>
              {t('incidents.postmortem.write')}
            </a>
          </p>
        ) : null}
      </Part>
    </Card>
  )
}
