import type { Visit } from '@/app/_shell/visit'
import { QuietButton } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { Form } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { Table } from '@/app/_ui/table'
import type { DemonstrationPerson } from '@/domain/subscriber/list-demonstration-people'

/** Everybody invented: a subscriber's name asks for their link, everybody's passkey is played. */
export function DemonstrationPeople({
  visit,
  people,
  next,
  all,
}: {
  visit: Visit
  people: DemonstrationPerson[]
  next: string
  all: boolean
}) {
  const { t, formToken } = visit
  if (people.length === 0) return null
  return (
    <Card>
      <Part>
        <h2>{t('signIn.demonstration.title')}</h2>
        <Quiet>{t('signIn.demonstration.hint')}</Quiet>
        <Table
          caption={t('signIn.demonstration.title')}
          columns={[
            { head: t('signIn.demonstration.columns.who') },
            { head: t('signIn.demonstration.columns.role') },
            { head: t('signIn.demonstration.columns.address'), wideOnly: true },
          ]}
          rows={people.map(person => ({
            key: person.id,
            cells: [
              <div key="who" className="flex flex-wrap gap-x-4">
                <Form
                  action={person.role === null ? '/sign-in/send' : '/sign-in/demonstration'}
                  token={formToken}
                  hidden={{ ...(person.role === null ? { email: person.email } : {}), next, person: person.id }}
                >
                  <QuietButton look="link">
                    <span className="sr-only">{t('signIn.demonstration.as')} </span>
                    {person.name}
                  </QuietButton>
                </Form>
                {person.role === null ? (
                  <Form action="/sign-in/demonstration" token={formToken} hidden={{ next, person: person.id }}>
                    <QuietButton look="link">
                      <span className="sr-only">
                        {t('signIn.demonstration.as')} {person.name}{' '}
                      </span>
                      {t('signIn.demonstration.withPasskey')}
                    </QuietButton>
                  </Form>
                ) : null}
              </div>,
              <span key="role" className="inline-block py-2.5">
                {person.role === null
                  ? t('signIn.demonstration.subscriber', { carrier: person.carrierName ?? '' })
                  : t(`signIn.roles.${person.role}`)}
              </span>,
              <span key="email" className="inline-block py-2.5">
                {person.email}
              </span>,
            ],
          }))}
        />
        {all ? null : (
          <p>
            <a className="inline-flex min-h-11 items-center" href={`/sign-in?all=1&next=${encodeURIComponent(next)}`}>
              {t('signIn.demonstration.more')}
            </a>
          </p>
        )}
      </Part>
    </Card>
  )
}
