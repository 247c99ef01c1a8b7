import type { Visit } from '@/app/_shell/visit'
import { Quiet } from '@/app/_ui/card'
import type { Standing } from '@/app/_ui/icon'
import { StandingTag } from '@/app/_ui/standing'
import type { Outcome } from '@/domain/restore/outcome'
import type { RecordOutcome } from '@/domain/restore/read-report'
import { sentenceFor } from '@/messages/translate'

const standings: Record<Outcome, Standing> = {
  created: 'ok',
  merged: 'ok',
  keptBoth: 'ok',
  alreadyPresent: 'ok',
  skipped: 'gone',
  failed: 'bad',
}

/** One record: what it is called, what became of it and why; for a merge, where each part comes from. */
export function OutcomeRow({ visit, outcome: told }: { visit: Visit; outcome: RecordOutcome }) {
  const { t } = visit
  const { category, record, outcome, reason, fields } = told
  const place = { file: record.file, number: record.ordinal + 1 }
  const untitled = reason === 'damaged' ? t('account.records.damagedTitle', place) : t('account.records.untitled')
  const isHidden = record.heldBack || record.unseen
  const named = record.unseen ? t('identity.content.unseen') : (record.title ?? untitled)
  const title = record.heldBack ? t('requests.report.heldBack') : named
  const damagedHere = isHidden && reason === 'damaged'
  const why = damagedHere ? t('requests.report.heldBackDamaged') : reason && t(`reasons.outcome.${reason}`)
  return (
    <li className="grid max-w-none gap-x-6 gap-y-1 py-3 sm:grid-cols-[minmax(0,4fr)_minmax(0,7fr)]">
      <div className="min-w-0">
        <p className="font-semibold">{title}</p>
        <Quiet className="num">
          {t(`shell.categories.${category}`)} · {t('requests.report.place', place)}
        </Quiet>
      </div>
      <div className="grid min-w-0 content-start gap-1.5">
        <p>
          <StandingTag standing={standings[outcome]}>{t(`reasons.outcomes.${outcome}`)}</StandingTag>
        </p>
        {why === null ? null : <p className="text-note">{why}</p>}
        {fields === undefined || fields.length === 0 ? null : <Origins visit={visit} fields={fields} />}
      </div>
    </li>
  )
}

function Origins({ visit: { t, language }, fields }: { visit: Visit; fields: NonNullable<RecordOutcome['fields']> }) {
  return (
    <details className="text-note">
      <summary className="inline-flex min-h-11 items-center text-accent underline underline-offset-3">
        {t('requests.report.fieldsHeading')}
      </summary>
      <dl className="num grid gap-x-4 gap-y-1 sm:grid-cols-[auto_1fr_auto]">
        {fields.map(({ field, value, from }) => (
          <div key={`${field} ${value}`} className="contents">
            <dt className="text-quiet">{sentenceFor(language, 'account.fields', field) ?? field}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
            <dd className={from === 'recovered' ? 'font-semibold text-ok' : 'text-quiet'}>
              {t(`requests.report.from.${from}`)}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
