import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { Notice } from '@/app/_ui/standing'
import type { PersonToFileFor } from '@/domain/restore/file-for-finder'

const link = 'inline-flex min-h-6 items-center'

/** The one person for whom something would be filed: who it is and what is open, counts of what was recovered, and nothing of what it says. */
export function WhichPerson({ visit, person }: { visit: Visit; person: PersonToFileFor }) {
  const { t, dates } = visit
  return (
    <Card>
      <Part>
        <h2>{t('behalf.person.title')}</h2>
        <CompactFacts
          rows={[
            { term: t('behalf.person.name'), value: person.name ?? t('behalf.find.unnamed') },
            { term: t('behalf.person.account'), value: <span className="num">{person.accountId}</span> },
            { term: t('behalf.person.carrier'), value: person.carrier },
            { term: t('behalf.person.language'), value: t(`support.languages.${person.language}`) },
          ]}
        />
        <p>
          <a className={link} href="/support/file-for">
            {t('behalf.person.another')}
          </a>
        </p>
        {person.open.length === 0 ? null : (
          <>
            <h3>{t('behalf.person.open')}</h3>
            <Quiet>{t('behalf.person.openNote')}</Quiet>
            <ul className="grid gap-1">
              {person.open.map(({ id, requestId, reference, kind, openedAt }) => (
                <li key={id}>
                  <a
                    className={`num ${link}`}
                    href={requestId === null ? `/support/tickets/${id}` : `/support/requests/${requestId}`}
                  >
                    {reference}
                  </a>
                  {` · ${t(`conversation.kinds.${kind}`)} · ${dates.day(openedAt)}`}
                </li>
              ))}
            </ul>
          </>
        )}
      </Part>
    </Card>
  )
}

export function RecoveredCounts({ visit: { t, dates }, person }: { visit: Visit; person: PersonToFileFor }) {
  const columns = ['category', 'expected', 'found', 'partial', 'damaged', 'asOf'] as const
  return (
    <Card>
      <Part>
        <h2>{t('behalf.person.recovered')}</h2>
        {person.recovered.length === 0 ? (
          <p>{t('behalf.person.nothing')}</p>
        ) : (
          <ReflowTable
            caption={t('behalf.person.recovered')}
            columns={columns.map(name => ({
              head: t(`support.case.recovered.columns.${name}`),
              numeric: name !== 'category' && name !== 'asOf',
            }))}
            rows={person.recovered.map(({ category, expected, found, partial, damaged, asOf }) => ({
              key: category,
              cells: [
                t(`shell.categories.${category}`),
                expected === null ? t('shell.unknown') : dates.number(expected),
                dates.number(found),
                dates.number(partial),
                dates.number(damaged),
                dates.day(asOf),
              ],
            }))}
          />
        )}
      </Part>
    </Card>
  )
}

/** Why nothing may be filed for them now. */
export function PersonHeld({ visit: { t, dates }, person }: { visit: Visit; person: PersonToFileFor }) {
  return (
    <Notice standing="bad" title={t('behalf.held.title')}>
      {person.holds.map(hold => (
        <p key={hold.kind}>
          {t(`identity.support.holds.${hold.kind}`, {
            moment: dates.moment(hold.kind === 'changed' ? hold.until : hold.since),
          })}
        </p>
      ))}
      <p>{t('behalf.held.text')}</p>
    </Notice>
  )
}
