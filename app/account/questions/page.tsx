import { validate as isUuid } from 'uuid'
import { page } from '@/app/_shell/page'
import { LinkButton } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { KeysetPager } from '@/app/_ui/keyset-pager'
import { Page, Part } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import { Table } from '@/app/_ui/table'
import { questionState, subjectOf } from '@/app/account/questions/question-words'
import { listOwnTickets } from '@/domain/triage/list-tickets'

/** What a subscriber asked, the newest first. */
export default page('/account/questions', async (visit, { query }) => {
  const { t, dates, actor } = visit
  const last = query.one('after')
  const after = isUuid(last) ? last : undefined
  const { tickets, next } = await listOwnTickets(actor, after ? { after } : {})
  const title = t('conversation.own.title')
  return (
    <Page title={title} errorPrefix={t('shell.errorPrefix')}>
      <Part>
        <h1>{title}</h1>
        <p>{t('conversation.own.lead')}</p>
        {tickets.length === 0 ? <p>{t('conversation.own.none')}</p> : null}
        <div>
          <LinkButton href="/account/questions/new">{t('conversation.own.ask')}</LinkButton>
        </div>
        <p>
          <a className="inline-flex min-h-11 items-center" href="/account/compensation">
            {t('compensation.own.see')}
          </a>
        </p>
      </Part>
      {tickets.length === 0 ? null : (
        <Card>
          <Table
            caption={title}
            columns={[
              { head: t('conversation.own.columns.what') },
              { head: t('conversation.own.columns.state') },
              { head: t('conversation.own.columns.opened'), wideOnly: true },
            ]}
            rows={tickets.map(ticket => {
              const { standing, word } = questionState(visit, ticket)
              return {
                key: ticket.id,
                cells: [
                  <div key="what" className="[overflow-wrap:anywhere]">
                    <a
                      href={`/account/questions/${ticket.id}`}
                      className="inline-flex min-h-11 items-center font-semibold"
                    >
                      {subjectOf(visit, ticket)}
                    </a>
                    <p className="num text-note text-quiet">
                      {t(`conversation.kinds.${ticket.kind}`)} · {ticket.reference}
                    </p>
                  </div>,
                  <div key="state" className="py-2">
                    <StandingTag standing={standing}>{word}</StandingTag>
                  </div>,
                  <div key="opened" className="py-2">
                    {dates.day(ticket.openedAt)}
                  </div>,
                ],
              }
            })}
          />
        </Card>
      )}
      <KeysetPager
        first={after === undefined ? null : '/account/questions'}
        next={next === null ? null : `/account/questions?after=${next}`}
        words={{
          label: t('conversation.own.pages'),
          first: t('conversation.own.first'),
          next: t('conversation.own.next'),
        }}
      />
    </Page>
  )
})
