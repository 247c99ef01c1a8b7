import { promiseMarks, Tag } from '@/messages/status-page/marks'
import type { Speaker } from '@/messages/status-page/speaker'
import type { PromiseView } from '@/messages/status-page/view'

export function Promises({ speaker, promises }: { speaker: Speaker; promises: PromiseView[] }) {
  const { t, dates, language } = speaker
  if (promises.length === 0) return null
  return (
    <section className="s">
      <h2>{t('statusPage.promises.heading')}</h2>
      <p className="quiet">{t('statusPage.promises.lead')}</p>
      <ul className="plain lines card">
        {promises.map(one => (
          <li key={one.id} className="xs">
            <div className="between">
              <span>{promised(speaker, one)}</span>
              <Tag mark={promiseMarks[one.status]}>{t(`statusPage.promises.${one.status}`)}</Tag>
            </div>
            <p className="quiet">
              {one.text && one.kind === 'category_back' ? `${one.text[language]} · ` : null}
              {t('statusPage.promises.due', { moment: dates.moment(one.dueAt) })}
              {one.status === 'pending' ? (
                <>
                  <span data-due={one.dueAt.toISOString()} />
                  <strong hidden> {t('statusPage.promises.overdue')}</strong>
                </>
              ) : null}
              {one.keptLateAt ? ` · ${t('statusPage.promises.late', { moment: dates.moment(one.keptLateAt) })}` : null}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function promised({ t, language }: Speaker, { kind, category, text }: PromiseView): string {
  if (kind === 'next_update') return t('statusPage.promises.nextUpdate')
  if (category) return t('statusPage.promises.category', { category: t(`statusPage.category.${category}`) })
  return text?.[language] ?? t('statusPage.promises.nextUpdate')
}
