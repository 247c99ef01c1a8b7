import { LinkButton } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { Notice } from '@/app/_ui/standing'
import type { PartProps } from '@/app/admin/incidents/[id]/part-props'
import { newPath } from '@/app/support/mass/mass-form'
import { massStandings } from '@/app/support/mass/mass-words'
import { mayEver } from '@/domain/policy'
import type { LinkedCount } from '@/domain/triage/find-linked'
import type { MassActLine } from '@/domain/triage/mass/find-mass-acts'

const sumOf = ({ open, pending, resolved }: LinkedCount) => open + pending + resolved
export const linkedSum = (linked: LinkedCount[]): number => linked.reduce((sum, one) => sum + sumOf(one), 0)

/** After something was said of an incident: that those whose tickets are linked to it can be told. */
export function OfferToTell({ visit: { t, actor }, incident, linked }: PartProps & { linked: LinkedCount[] }) {
  const count = linkedSum(linked)
  if (count === 0 || !mayEver(actor, 'mass.reply')) return null
  return (
    <Notice standing="you" title={t('mass.linked.offer.title', { count })}>
      <p>{t('mass.linked.offer.text')}</p>
      <p>
        <LinkButton look="plain" href={newPath({ of: incident.id }, { act: 'reply' })}>
          {t('mass.linked.tell', { count })}
        </LinkButton>
      </p>
    </Notice>
  )
}

/** How many tickets are linked to it, by wave and state, and what was said to them together. */
export function Linked({ visit, incident, linked, told }: PartProps & { linked: LinkedCount[]; told: MassActLine[] }) {
  const { t, actor, dates } = visit
  const tells = mayEver(actor, 'mass.reply')
  return (
    <Card>
      <Part>
        <h2 id="linked">{t('mass.linked.title')}</h2>
        {linked.length === 0 ? (
          <p>{t('mass.linked.none')}</p>
        ) : (
          <ReflowTable
            caption={t('mass.linked.title')}
            columns={[
              { head: t('mass.linked.columns.wave') },
              { head: t('mass.linked.columns.open'), numeric: true },
              { head: t('mass.linked.columns.pending'), numeric: true },
              { head: t('mass.linked.columns.resolved'), numeric: true },
              ...(tells ? [{ head: t('mass.linked.columns.tell') }] : []),
            ]}
            rows={linked.map(one => ({
              key: one.category ?? 'whole',
              cells: [
                one.category === null ? t('mass.linked.whole') : t(`shell.categories.${one.category}`),
                dates.number(one.open),
                dates.number(one.pending),
                dates.number(one.resolved),
                ...(tells && one.category !== null
                  ? [
                      <a
                        key="tell"
                        className="inline-flex min-h-6 items-center"
                        href={newPath({ of: incident.id, part: one.category }, { act: 'reply' })}
                      >
                        {t('mass.linked.tell', { count: sumOf(one) })}
                      </a>,
                    ]
                  : tells
                    ? ['']
                    : []),
              ],
            }))}
          />
        )}
        {tells && linked.length > 0 ? (
          <p>
            <a className="inline-flex min-h-6 items-center" href={newPath({ of: incident.id }, { act: 'reply' })}>
              {t('mass.linked.tellAll', { count: linkedSum(linked) })}
            </a>
          </p>
        ) : null}
        {told.length === 0 ? null : (
          <>
            <h3>{t('mass.linked.told')}</h3>
            <ul className="grid gap-1">
              {told.map(({ id, status, asked, counted }) => (
                <li key={id}>
                  <a
                    className="inline-flex min-h-6 items-center"
                    href={`/support/mass/${id}`}
                    data-standing={massStandings[status]}
                  >
                    {[t(`mass.states.${status}`), dates.number(counted), dates.moment(asked.at)].join(' · ')}
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
      </Part>
    </Card>
  )
}
