import type { Visit } from '@/app/_shell/visit'
import { recordsInWords } from '@/app/_shell/words'
import { Acts, LinkButton } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { NotRecovered } from '@/app/account/not-recovered'
import { OpenRequest } from '@/app/account/open-request'
import type { OwnIncident } from '@/domain/incident/own-incident'

interface About {
  visit: Visit
  incident: OwnIncident
}

/** What was not recovered, then what is back, then what can be done now. */
export function ForYou({ visit, incident }: About) {
  const { t } = visit
  const { categories, open } = incident
  const known = categories.some(({ standing }) => standing === 'ready' || standing === 'nothing')
  const back = recordsInWords(visit, Object.fromEntries(categories.map(one => [one.category, one.back?.records ?? 0])))
  return (
    <>
      <Card>
        <Part>
          <h2>{t('ownIncident.you.heading')}</h2>
          <p>
            {known ? <NotRecovered visit={visit} of={categories} /> : <Unknown visit={visit} incident={incident} />}
          </p>
          {known ? (
            <p>{back === '' ? t('ownIncident.you.backNone') : t('ownIncident.you.back', { records: back })}</p>
          ) : null}
          <h3>{t('ownIncident.you.nextHeading')}</h3>
          <NextStep visit={visit} incident={incident} />
        </Part>
      </Card>
      {open.map(request => (
        <OpenRequest key={request.id} visit={visit} request={request} />
      ))}
    </>
  )
}

/** Of one that is over, and of which nothing was ever found, nothing more will be. */
const Unknown = ({ visit: { t }, incident: { categories, resolvedAt } }: About) =>
  resolvedAt !== null && categories.every(({ standing }) => standing === 'none')
    ? t('ownIncident.you.none')
    : t('ownIncident.you.unknown')

function NextStep({ visit: { t }, incident: { categories, open } }: About) {
  const waiting = categories.filter(
    ({ standing, complete, partial, back, underWay }) =>
      standing === 'ready' && underWay === null && (back?.records ?? 0) < complete + partial,
  )
  const last = categories.find(({ back }) => back !== null)?.back
  if (waiting.length > 0)
    return (
      <>
        <p>{t('ownIncident.you.ask')}</p>
        <Acts>
          <LinkButton href="/account/restore">{t('account.home.restore')}</LinkButton>
          <LinkButton look="plain" href="/account/records">
            {t('account.home.look')}
          </LinkButton>
        </Acts>
      </>
    )
  if (open.length > 0) return <p>{t('ownIncident.you.open')}</p>
  if (!last) return <p>{t('ownIncident.you.wait')}</p>
  return (
    <>
      <p>{t('ownIncident.you.done')}</p>
      <Acts>
        <LinkButton look="plain" href={`/account/restores/${last.request.id}`}>
          {t('ownIncident.you.see', { reference: last.request.reference })}
        </LinkButton>
        <LinkButton look="plain" href="/account/download">
          {t('ownIncident.you.download')}
        </LinkButton>
      </Acts>
    </>
  )
}
