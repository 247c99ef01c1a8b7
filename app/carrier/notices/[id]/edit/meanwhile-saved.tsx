import { Notice } from '@/app/_ui/standing'
import type { EditProps } from '@/app/carrier/notices/[id]/edit/text-fields'
import { textNames } from '@/domain/notice/notice-inputs'

/** Where somebody else saved the draft while this person wrote: whose words are saved now, field by field where they differ. */
export function MeanwhileSaved({ visit: { t, dates }, notice, form }: EditProps) {
  const shown = form.value('version')
  if (!form.returned || shown === undefined || shown === String(notice.version)) return null
  const differing = textNames.filter(name => {
    const mine = form.value(name)?.replaceAll('\r\n', '\n').trim()
    return mine !== undefined && mine !== notice[name]
  })
  const who = notice.editedBy ?? t('notices.somebody')
  return (
    <Notice standing="you" title={t('notices.edit.meanwhile', { who, moment: dates.moment(notice.editedAt) })}>
      <p>{t(differing.length === 0 ? 'notices.edit.meanwhileSame' : 'notices.edit.meanwhileText')}</p>
      <dl className="grid gap-2">
        {differing.map(name => (
          <div key={name}>
            <dt className="font-semibold">{t(`notices.fields.${name}`)}</dt>
            <dd className="whitespace-pre-line [overflow-wrap:anywhere]">
              {notice[name] || t('notices.edit.nothing')}
            </dd>
          </div>
        ))}
      </dl>
    </Notice>
  )
}
