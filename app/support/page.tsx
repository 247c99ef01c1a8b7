import { formState } from '@/app/_shell/form-state'
import { outside } from '@/app/_shell/outside'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { type FieldError, Form, TextField } from '@/app/_ui/form'
import { Notice } from '@/app/_ui/standing'
import { askList, askSearch } from '@/app/support/ask-queue'
import { newPath } from '@/app/support/mass/mass-form'
import { FilterChips, QueueFilters } from '@/app/support/queue-filters'
import { QueuePager } from '@/app/support/queue-pager'
import { KeepView, QueueViews } from '@/app/support/queue-views'
import { TicketTable } from '@/app/support/ticket-table'
import { mayEver } from '@/domain/policy'
import { defaultViewNames, defaultViews } from '@/domain/triage/default-views'
import { countTickets } from '@/domain/triage/find-tickets'
import { listQueueChoices } from '@/domain/triage/list-queue-choices'
import { listViews } from '@/domain/triage/list-views'

export default page('/support', async (visit, { query }) => {
  const { t, actor } = visit
  const search = (query.one('q') ?? '').trim().slice(0, 200)
  const [form, named, saved, asked] = await Promise.all([
    formState(visit, query.one('form'), 'queue.errors'),
    listQueueChoices(actor, visit.language),
    listViews(actor),
    search === '' ? askList(visit, outside(), query) : askSearch(visit, outside(), search),
  ])
  const given = defaultViewNames.map(name => defaultViews[name])
  const counts = await countTickets(actor, [...given, ...saved.map(({ filter }) => filter)])
  const errors: FieldError[] = [...asked.errors, ...form.errors]
  const { list, lines } = asked
  const done = query.one('done')
  const decide = counts[0]!
  return (
    <ConsolePage
      title={t('support.queue.title')}
      errors={errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
      lead={asked.lead ?? t(decide.more ? 'queue.waitingMore' : 'support.queue.waiting', { count: decide.count })}
      act={<Search visit={visit} search={search} />}
    >
      {query.one('next') === 'none' ? <Notice standing="ok" title={t('support.take.none')} /> : null}
      {done === 'kept' || done === 'removed' ? <Notice standing="ok" title={t(`queue.save.${done}`)} /> : null}
      {mayEver(actor, 'ticket.take') && search === '' ? (
        <Form action="/support/next" token={visit.formToken}>
          <div data-key="n">
            <Button>{t('support.take.next')}</Button>
          </div>
        </Form>
      ) : null}
      <QueueViews visit={visit} list={list} saved={saved} counts={counts} />
      {list === null ? null : (
        <>
          <FilterChips visit={visit} named={named} {...list} />
          <QueueFilters visit={visit} named={named} errors={errors} open={asked.errors.length > 0} {...list} />
        </>
      )}
      {list === null && errors.length > 0 ? (
        <QueueFilters visit={visit} named={named} errors={errors} open filter={{}} newestFirst={false} />
      ) : null}
      {search === '' ? null : (
        <p>
          <a className="inline-flex min-h-6 items-center" href="/support">
            {t('support.queue.clear')}
          </a>
        </p>
      )}
      {asked.note === null ? null : <Notice standing="wait" title={asked.note} />}
      {lines.length > 0 ? (
        <Card className="py-1!">
          <TicketTable visit={visit} lines={lines} />
        </Card>
      ) : asked.errors.length > 0 ? null : (
        <Card>
          <p>{asked.empty}</p>
        </Card>
      )}
      <QueuePager visit={visit} asked={asked} />
      {list === null || lines.length === 0 || !mayEver(actor, 'mass.act') ? null : (
        <p>
          <a className="inline-flex min-h-6 items-center" href={newPath({ filter: JSON.stringify(list.filter) })}>
            {t('mass.fromQueue')}
          </a>
        </p>
      )}
      {list === null || asked.errors.length > 0 ? null : (
        <KeepView visit={visit} list={list} saved={saved} form={form} />
      )}
      <Elsewhere visit={visit} />
    </ConsolePage>
  )
})

/** What else is done in the console. */
function Elsewhere({ visit: { t, actor } }: { visit: Visit }) {
  const places = [
    { href: '/support/file-for', label: t('behalf.link'), offered: mayEver(actor, 'subscriber.file-for') },
    { href: '/support/freezes', label: t('identity.support.link'), offered: true },
    { href: '/support/mass', label: t('mass.title'), offered: mayEver(actor, 'mass.read') },
    { href: '/support/rules', label: t('rules.title'), offered: true },
    { href: '/support/macros', label: t('conversation.macros.title'), offered: mayEver(actor, 'macro.use') },
    { href: '/support/working', label: t('atHand.working.link'), offered: mayEver(actor, 'working.choose') },
  ]
  return (
    <ul className="grid gap-2">
      {places
        .filter(({ offered }) => offered)
        .map(({ href, label }) => (
          <li key={href}>
            <a className="inline-flex min-h-6 items-center" href={href}>
              {label}
            </a>
          </li>
        ))}
    </ul>
  )
}

function Search({ visit: { t }, search }: { visit: Visit; search: string }) {
  return (
    <search data-key="/" className="screen-only w-full max-w-md grow">
      <Form method="get" action="/support">
        <div className="flex flex-wrap items-end gap-2">
          <div className="min-w-0 grow basis-56">
            <TextField
              name="q"
              type="search"
              label={t('support.queue.search')}
              hint={t('queue.searchHint')}
              value={search}
            />
          </div>
          <Button look="plain">{t('support.queue.go')}</Button>
        </div>
      </Form>
    </search>
  )
}
