import { formState } from '@/app/_shell/form-state'
import { page } from '@/app/_shell/page'
import type { Visit } from '@/app/_shell/visit'
import { Card } from '@/app/_ui/card'
import { ConsolePage } from '@/app/_ui/console-page'
import { Part } from '@/app/_ui/page'
import { Notice } from '@/app/_ui/standing'
import { EarlierRules } from '@/app/admin/compensation/earlier-rules'
import { LinesForm } from '@/app/admin/compensation/lines-form'
import { ActiveRules, DraftActs, Exports } from '@/app/admin/compensation/version-cards'
import { backTo } from '@/app/admin/compensation/which'
import { type Concerned, listConcerned, readCompensation } from '@/domain/compensation/read-rules'
import { notFound } from '@/domain/errors'

const acts = ['saved', 'tried', 'activated', 'withdrawn', 'exported'] as const

/** What a carrier grants after an incident: the rules, what they come to, and what billing was given. */
export default page('/admin/compensation', async (visit, { query }) => {
  const { t, actor } = visit
  const [concerned, form] = await Promise.all([
    listConcerned(actor),
    formState(visit, query.one('form'), 'compensation.errors'),
  ])
  const [carrier, incident] = [query.one('carrier'), query.one('incident')]
  const chosen =
    carrier === undefined
      ? (concerned.find(({ written }) => written) ?? concerned[0])
      : concerned.find(one => one.carrier.id === carrier && one.incident.id === incident)
  if (chosen === undefined && carrier !== undefined) throw notFound('incident')
  const done = acts.find(one => one === query.one('done'))
  const view =
    chosen && (await readCompensation(actor, { carrierId: chosen.carrier.id, incidentId: chosen.incident.id }))
  return (
    <ConsolePage
      title={t('compensation.title')}
      lead={t('compensation.admin.lead')}
      errors={form.errors}
      words={{ errorPrefix: t('shell.errorPrefix'), problem: t('shell.problem') }}
    >
      {done === undefined || form.returned ? null : (
        <Notice standing="ok" title={t(`compensation.admin.done.${done}`)} />
      )}
      <Choose visit={visit} concerned={concerned} chosen={chosen} />
      {view === undefined ? (
        <p>{t('compensation.admin.nothing')}</p>
      ) : (
        <>
          <ActiveRules visit={visit} view={view} form={form} />
          <Exports visit={visit} view={view} />
          <EarlierRules visit={visit} view={view} />
          <DraftActs visit={visit} view={view} form={form} />
          {view.may.write ? (
            <Card>
              <Part>
                <h2>{t(view.draft === null ? 'compensation.admin.newDraft' : 'compensation.admin.draft')}</h2>
                <LinesForm visit={visit} form={form} view={view} />
              </Part>
            </Card>
          ) : null}
        </>
      )}
    </ConsolePage>
  )
})

function Choose({
  visit: { t, language },
  concerned,
  chosen,
}: {
  visit: Visit
  concerned: Concerned[]
  chosen: Concerned | undefined
}) {
  if (concerned.length === 0) return null
  return (
    <nav aria-label={t('compensation.admin.choose')}>
      <ul className="flex flex-wrap gap-x-6">
        {concerned.map(one => (
          <li key={`${one.carrier.id} ${one.incident.id}`}>
            <a
              className={`inline-flex min-h-9 items-center ${one === chosen ? 'font-semibold text-ink no-underline' : ''}`}
              aria-current={one === chosen ? 'page' : undefined}
              href={backTo({ carrierId: one.carrier.id, incidentId: one.incident.id })}
            >
              {one.carrier.name} – {language === 'fr' ? one.incident.titleFr : one.incident.titleEn}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
