import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { StandingTag } from '@/app/_ui/standing'
import type { FoundBatch } from '@/domain/recovery/find-batch'
import { sentenceFor } from '@/messages/translate'

const first = 20

type Finding = FoundBatch['findings'][number]

/** What the bag's own checks found, errors first: the first few, or all that are kept. */
export function BatchFindings({ visit, batch, all }: { visit: Visit; batch: FoundBatch; all: boolean }) {
  const { t } = visit
  const { findings, status } = batch
  const errors = findings.filter(one => one.severity === 'error').length
  const shown = all ? findings : findings.slice(0, first)
  return (
    <Card>
      <Part>
        <h2 id="findings">{t('admin.batch.findings')}</h2>
        {findings.length === 0 ? (
          <p>{t(status === 'arriving' ? 'admin.batch.notChecked' : 'admin.batch.noFindings')}</p>
        ) : (
          <>
            <p>
              {t('admin.batch.errors', { count: errors })},{' '}
              {t('admin.batch.warnings', { count: findings.length - errors })}
            </p>
            <ul className="divide-y divide-line">
              {shown.map((finding, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: findings are never reordered, and two may read the same
                <li key={index} className="max-w-none py-2">
                  <FindingLine visit={visit} finding={finding} />
                </li>
              ))}
            </ul>
            {shown.length < findings.length ? (
              <p>
                <a
                  className="inline-flex min-h-6 items-center"
                  href={`/admin/batches/${batch.id}?findings=all#findings`}
                >
                  {t('admin.batch.moreFindings', { count: findings.length })}
                </a>
              </p>
            ) : null}
          </>
        )}
      </Part>
    </Card>
  )
}

function FindingLine({ visit: { t, language }, finding }: { visit: Visit; finding: Finding }) {
  const { code, path, detail, severity } = finding
  const sentence = sentenceFor(language, 'admin.findings', code) ?? t('admin.findings.other')
  return (
    <div className="grid gap-1">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StandingTag standing={severity === 'error' ? 'bad' : 'wait'}>{t(`admin.batch.${severity}`)}</StandingTag>
        <span className="font-semibold">{sentence}</span>
      </p>
      <p className="[overflow-wrap:anywhere]">
        <code>{path ?? t('admin.batch.wholeBag')}</code>
      </p>
      {detail === '' ? null : (
        <Quiet className="[overflow-wrap:anywhere]">
          <span lang="en">{detail}</span>
        </Quiet>
      )}
    </div>
  )
}
