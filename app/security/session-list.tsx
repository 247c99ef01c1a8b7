import type { Visit } from '@/app/_shell/visit'
import { Button, QuietButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import { listSessions } from '@/domain/identity/list-sessions'

/** Where the person is signed in: end one, or all others. */
export async function SessionList({ visit }: { visit: Visit }) {
  const { t, dates, actor, formToken, session } = visit
  const sessions = await listSessions(actor)
  return (
    <Part>
      <h2>{t('passkeys.sessions.title')}</h2>
      <p>{session?.staffId == null ? t('passkeys.sessions.limits') : t('passkeys.sessions.staffLimits')}</p>
      <Card className="py-1!">
        <ul className="divide-y divide-line">
          {sessions.map(({ id, browser, method, createdAt, lastSeenAt }) => (
            <li key={id} className="flex flex-wrap items-center gap-x-6 gap-y-2 py-3">
              <div className="grid min-w-0 grow gap-1">
                <span className="flex flex-wrap items-center gap-3 font-semibold">
                  {browser ?? t('passkeys.sessions.unknown')}
                  {id === session?.id ? <StandingTag standing="ok">{t('passkeys.sessions.here')}</StandingTag> : null}
                </span>
                <Quiet>
                  {t(`passkeys.sessions.by.${method}`, { moment: dates.moment(createdAt) })}{' '}
                  {t('passkeys.sessions.seen', { moment: dates.moment(lastSeenAt) })}
                </Quiet>
              </div>
              {id === session?.id ? null : (
                <Form action="/security/sessions/end" token={formToken} hidden={{ sessionId: id }}>
                  <QuietButton look="link">
                    {t('passkeys.sessions.end')}
                    <span className="sr-only">
                      {' '}
                      {browser ?? t('passkeys.sessions.unknown')}, {dates.moment(createdAt)}
                    </span>
                  </QuietButton>
                </Form>
              )}
            </li>
          ))}
        </ul>
      </Card>
      {sessions.length > 1 ? (
        <Form action="/security/sessions/end-others" token={formToken}>
          <div>
            <Button look="plain">{t('passkeys.sessions.endOthers')}</Button>
          </div>
        </Form>
      ) : null}
    </Part>
  )
}
