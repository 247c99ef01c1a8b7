import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { KeysetPager } from '@/app/_ui/keyset-pager'
import { Part } from '@/app/_ui/page'
import { staffRoles } from '@/domain/actor'
import type { ContentViewEntry, ContentViewPage } from '@/domain/record/list-content-views'

/** Every time that somebody of the staff looked at what the reader's records say: role and carrier, when, why, at what. */
export function WhoLooked({
  visit,
  looks: { views, next },
  isLater,
}: {
  visit: Visit
  looks: ContentViewPage
  /** Not the first page. */
  isLater: boolean
}) {
  const { t } = visit
  const here = '/account/security'
  return (
    <Part>
      <h2 id="looks">{t('looks.own.title')}</h2>
      <p>{t('looks.own.lead')}</p>
      {views.length === 0 ? (
        <p>{t('looks.own.none')}</p>
      ) : (
        <Card>
          <ul className="-my-3 divide-y divide-line">
            {views.map(view => (
              <Look key={view.id} visit={visit} view={view} />
            ))}
          </ul>
        </Card>
      )}
      <KeysetPager
        first={isLater ? `${here}#looks` : null}
        next={next === null ? null : `${here}?looks=${next}#looks`}
        words={{ label: t('looks.list.pages'), first: t('looks.list.first'), next: t('looks.list.next') }}
      />
    </Part>
  )
}

function Look({ visit: { t, dates }, view }: { visit: Visit; view: ContentViewEntry }) {
  const { by, openedAt, category, reason, note, reference } = view
  const role = staffRoles.find(one => one === by.role)
  return (
    <li className="grid gap-1 py-3">
      <p className="font-semibold">{`${t(`shell.categories.${category}`)} · ${dates.moment(openedAt)}`}</p>
      <p>
        {t('looks.own.by', {
          role: role === undefined ? by.role : t(`signIn.roles.${role}`),
          carrier: by.carrierName ?? 'Homeward',
        })}
      </p>
      <p>{t(`looks.reasons.${reason}`)}</p>
      {note === '' ? null : (
        <p className="whitespace-pre-line [overflow-wrap:anywhere]">{t('looks.own.said', { note })}</p>
      )}
      {reference === null ? null : <Quiet>{t('looks.own.request', { reference })}</Quiet>}
    </li>
  )
}
