import type { Visit } from '@/app/_shell/visit'
import { damageInWords, missingInWords } from '@/app/_shell/words'
import { Card, Facts } from '@/app/_ui/card'
import { Notice } from '@/app/_ui/standing'
import { fieldText, kindsText } from '@/app/account/records/field-value'
import type { RecordView } from '@/domain/record/record-view'

/** Everything a record says, what is missing from it, and honestly when it cannot be read. */
export function RecordBody({
  visit,
  record,
  title,
  preview,
}: {
  visit: Visit
  record: RecordView
  title: string
  /** Where a photo's small picture is. */
  preview: string
}) {
  const { t } = visit
  return (
    <>
      {record.state === 'partial' ? (
        <Notice standing="you" title={t('account.record.missingTitle')}>
          <p>{t('account.record.missingText', { fields: missingInWords(visit, record.missing) })}</p>
        </Notice>
      ) : null}
      {record.state === 'damaged' ? (
        <Notice standing="gone" title={t('account.record.damagedTitle')}>
          <p>{damageInWords(visit, record.damage)}</p>
          <p>{t('account.record.damagedText')}</p>
        </Notice>
      ) : null}
      {record.category === 'photos' && record.state !== 'damaged' ? (
        // biome-ignore lint/performance/noImgElement: the preview is made small by our own route
        <img
          src={preview}
          alt={t('account.record.preview', { name: title })}
          className="max-h-[70vh] w-auto max-w-full rounded-card bg-gone-tint"
        />
      ) : null}
      {record.state === 'damaged' ? null : (
        <Card>
          <h2 className="sr-only">{t('account.record.fields')}</h2>
          {record.fields.length === 0 ? (
            <p>{t('account.record.noFields')}</p>
          ) : (
            <div className="-my-3">
              <Facts
                rows={record.fields.map(field => ({
                  term: (
                    <>
                      {t(`account.fields.${field.name}`)}
                      {field.kinds.length === 0 ? null : (
                        <span className="font-normal text-quiet"> ({kindsText(visit, field.kinds)})</span>
                      )}
                    </>
                  ),
                  value: <span className="num whitespace-pre-line break-words">{fieldText(visit, field)}</span>,
                }))}
              />
            </div>
          )}
        </Card>
      )}
    </>
  )
}
