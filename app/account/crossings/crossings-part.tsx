import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import { standingOf } from '@/app/account/crossings/crossing-standing'
import type { CrossingView } from '@/domain/crossing/find-crossings'

/** What is or was asked between the reader and another person, each with the way to it; nothing where nothing was. */
export function CrossingsPart({ visit, crossings }: { visit: Visit; crossings: CrossingView[] }) {
  const { t, dates } = visit
  if (crossings.length === 0) return null
  return (
    <Card>
      <Part>
        <h2>{t('crossings.list')}</h2>
        <ul className="grid gap-4">
          {crossings.map(crossing => {
            const { id, side, status, expiresAt, sourceAccountId, targetAccountId, actions } = crossing
            const { standing, word } = standingOf(visit, crossing)
            return (
              <li key={id} className="grid gap-1">
                <p>
                  {t(`crossings.title.${side}`)}{' '}
                  <span className="num">{side === 'source' ? targetAccountId : sourceAccountId}</span>
                </p>
                <div>
                  <StandingTag standing={standing}>{word}</StandingTag>
                </div>
                {status === 'open' ? (
                  <Quiet>
                    {t('crossings.facts.until')} {dates.moment(expiresAt)}
                  </Quiet>
                ) : null}
                <p>
                  <a className="inline-flex min-h-11 items-center" href={`/account/crossings/${id}`}>
                    {t(actions.includes('consent') ? 'crossings.see' : 'crossings.look')}
                  </a>
                </p>
              </li>
            )
          })}
        </ul>
      </Part>
    </Card>
  )
}
