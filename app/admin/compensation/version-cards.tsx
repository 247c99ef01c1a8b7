import { randomUUID } from 'node:crypto'
import type { FormState } from '@/app/_shell/form-state'
import type { Visit } from '@/app/_shell/visit'
import { Button } from '@/app/_ui/button'
import { Card, Quiet } from '@/app/_ui/card'
import { CompactFacts } from '@/app/_ui/compact-facts'
import { Disclosure } from '@/app/_ui/disclosure'
import { Choices, errorFor, Form, TextArea } from '@/app/_ui/form'
import { Part } from '@/app/_ui/page'
import { ReflowTable } from '@/app/_ui/reflow-table'
import { grantInWords, moneyInWords } from '@/app/account/compensation/grant-words'
import type { Line } from '@/domain/compensation/lines'
import type { CompensationRunView, CompensationVersionView, CompensationView } from '@/domain/compensation/read-rules'
import { sentenceFor } from '@/messages/translate'

interface Shown {
  visit: Visit
  view: CompensationView
}

/** What decides now, and how far it has. */
export function ActiveRules({ visit, view, form }: Shown & { form: FormState }) {
  const { t, dates } = visit
  const { active } = view
  return (
    <Card>
      <Part>
        <h2>{t('compensation.admin.active')}</h2>
        {active === null ? (
          <p>{t('compensation.admin.noneActive')}</p>
        ) : (
          <>
            <Quiet>
              {t('compensation.admin.since', {
                version: String(active.number),
                moment: dates.moment(active.activatedAt ?? active.writtenAt),
              })}
            </Quiet>
            <Lines visit={visit} version={active} />
            {active.decided === null ? null : <Run visit={visit} run={active.decided} lines={active.lines} />}
            {view.may.write && active.own ? <Quiet>{t('compensation.admin.ownActive')}</Quiet> : null}
            {view.may.withdraw ? <Withdraw visit={visit} view={view} form={form} number={active.number} /> : null}
          </>
        )}
      </Part>
    </Card>
  )
}

/** Folded: it is not what people come for. */
function Withdraw({ visit, view, form, number }: Shown & { form: FormState; number: number }) {
  const { t, formToken } = visit
  const { carrierId, incidentId } = view
  const error = errorFor(form.errors, 'reason')
  return (
    <Disclosure summary={t('compensation.admin.openWithdraw')} open={error !== undefined}>
      <Form
        action="/admin/compensation/withdraw"
        token={formToken}
        hidden={{ carrierId, incidentId, number: String(number) }}
      >
        <Quiet>{t('compensation.admin.withdrawText')}</Quiet>
        <TextArea
          name="reason"
          rows={3}
          label={t('compensation.admin.why')}
          error={error}
          value={form.value('reason')}
        />
        <div>
          <Button look="stern">{t('compensation.admin.withdraw')}</Button>
        </div>
      </Form>
    </Disclosure>
  )
}

/** Tries the draft, and activates it as it was tried. */
export function DraftActs({ visit, view, form }: Shown & { form: FormState }) {
  const { t, formToken } = visit
  const { draft, carrierId, incidentId } = view
  if (draft === null) return null
  const { tried } = draft
  const hidden = { carrierId, incidentId, edition: String(draft.edition) }
  return (
    <Card>
      <Part>
        <h2>{t('compensation.admin.tried')}</h2>
        {tried === null ? (
          <p>{t('compensation.admin.untried')}</p>
        ) : (
          <Run visit={visit} run={tried} lines={draft.lines} />
        )}
        {view.may.write ? (
          <Form action="/admin/compensation/try" token={formToken} hidden={hidden}>
            <div>
              <Button look="plain">{t('compensation.admin.try')}</Button>
            </div>
          </Form>
        ) : null}
        {draft.own ? <p>{t('compensation.admin.own')}</p> : null}
        {view.may.activate && tried?.status === 'done' ? (
          <Form action="/admin/compensation/activate" token={formToken} hidden={hidden}>
            {tried.wide ? (
              <Choices
                kind="checkbox"
                name="confirmed"
                legend={t('compensation.admin.wide')}
                error={errorFor(form.errors, 'confirmed')}
                chosen={form.values('confirmed')}
                choices={[{ value: 'yes', label: t('compensation.admin.meant') }]}
              />
            ) : null}
            <div>
              <Button>{t('compensation.admin.activate')}</Button>
            </div>
          </Form>
        ) : null}
      </Part>
    </Card>
  )
}

/** What billing was given, and the way to give it what it does not have. */
export function Exports({ visit, view }: Shown) {
  const { t, dates, formToken } = visit
  const { exports, toExport, carrierId, incidentId, may } = view
  if (!may.export) return null
  const link = 'inline-flex min-h-6 items-center'
  return (
    <div id="exports">
      <Card>
        <Part>
          <h2>{t('compensation.admin.exports')}</h2>
          <p>{t('compensation.admin.toExport', { count: toExport })}</p>
          {toExport === 0 ? null : (
            <Form
              action="/admin/compensation/export"
              token={formToken}
              hidden={{ carrierId, incidentId, exportId: randomUUID() }}
            >
              <div>
                <Button>{t('compensation.admin.export')}</Button>
              </div>
            </Form>
          )}
          {exports.length === 0 ? null : (
            <ReflowTable
              caption={t('compensation.admin.exports')}
              columns={[
                { head: t('compensation.admin.columns.made') },
                { head: t('compensation.admin.columns.count'), numeric: true },
                { head: t('compensation.admin.columns.digest') },
                { head: t('compensation.admin.columns.files'), selfExplaining: true },
              ]}
              rows={exports.map(({ id, madeAt, count, digest, by }) => ({
                key: id,
                cells: [
                  `${dates.shortMoment(madeAt)}${by === null ? '' : `, ${by}`}`,
                  dates.number(count),
                  <span key="digest" className="num [overflow-wrap:anywhere]">
                    {digest}
                  </span>,
                  <span key="files" className="flex flex-wrap gap-x-4">
                    <a className={link} href={`/admin/compensation/exports/${id}`}>
                      {t('compensation.admin.file')}
                      <span className="sr-only">: {dates.shortMoment(madeAt)}</span>
                    </a>
                    <a className={link} href={`/admin/compensation/exports/${id}/signature`}>
                      {t('compensation.admin.signature')}
                      <span className="sr-only">: {dates.shortMoment(madeAt)}</span>
                    </a>
                  </span>,
                ],
              }))}
            />
          )}
        </Part>
      </Card>
    </div>
  )
}

function Lines({ visit, version }: { visit: Visit; version: CompensationVersionView }) {
  const { t } = visit
  return (
    <>
      <ol className="grid list-decimal gap-2 pl-6">
        {version.lines.map(line => (
          <li key={line.name}>
            <strong>{t('queue.chip', { field: line.name })}</strong> {grantInWords(visit, line.grant)}
            <Quiet>{conditionsInWords(visit, line)}</Quiet>
          </li>
        ))}
      </ol>
      <p>{t(`compensation.admin.by.${version.notifyFrom}`, { count: version.notifyDays, zone: version.zone })}</p>
    </>
  )
}

function conditionsInWords({ t, dates }: Visit, { conditions }: Line): string {
  return conditions
    .map(one => {
      const fact = t(`compensation.facts.${one.fact}`)
      const named = t('queue.chip', { field: fact })
      if (one.fact === 'loss') return `${named} ${one.value.map(word => t(`rules.words.${word}`)).join(', ')}`
      if (one.op === 'is') return `${named} ${t(one.value ? 'rules.form.yes' : 'rules.form.no')}`
      return `${t('queue.chip', { field: t('rules.form.atLeast', { fact }) })} ${dates.number(one.value)}`
    })
    .join(' · ')
}

function Run({ visit, run, lines }: { visit: Visit; run: CompensationRunView; lines: Line[] }) {
  const { t, dates, language } = visit
  const { status, askedAt, lookedAt, granted, counts, amounts } = run
  const against = Object.entries(counts).filter(([key]) => !key.startsWith('line-'))
  return (
    <CompactFacts
      rows={[
        {
          term: t('compensation.admin.run'),
          value: t(`compensation.admin.runs.${status}`, { moment: dates.moment(askedAt) }),
        },
        { term: t('compensation.admin.looked'), value: dates.number(lookedAt) },
        { term: t('compensation.admin.granted'), value: dates.number(granted) },
        ...lines.map(({ name }, at) => ({ term: name, value: dates.number(counts[`line-${at}`] ?? 0) })),
        ...Object.entries(amounts).map(([currency, amount]) => ({
          term: t('compensation.admin.sum'),
          value: moneyInWords(visit, amount, currency),
        })),
        ...against.map(([reason, count]) => ({
          term: t('compensation.admin.against', {
            fact: sentenceFor(language, 'compensation.facts', reason) ?? reason,
          }),
          value: dates.number(count),
        })),
      ]}
    />
  )
}
