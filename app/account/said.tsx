import type { Visit } from '@/app/_shell/visit'
import { Quiet, Said } from '@/app/_ui/card'
import { Prose } from '@/app/_ui/prose'
import type { LatestUpdate } from '@/domain/incident/latest-updates'

/** What was last said about an incident, when, and by when something will be said again. */
export function LatestSaid({
  visit,
  update,
}: {
  visit: Visit
  update: Pick<LatestUpdate, 'html' | 'publishedAt' | 'nextUpdateBy' | 'overdue'>
}) {
  const { t, dates, language } = visit
  const { publishedAt, nextUpdateBy, overdue } = update
  const promise = nextUpdateBy && { moment: dates.moment(nextUpdateBy) }
  return (
    <Said>
      <Prose html={update.html[language]} lang={language} />
      <p className="font-semibold">
        {promise === null
          ? t('account.said.none')
          : overdue
            ? t('account.said.overdue', promise)
            : t('account.said.next', promise)}
      </p>
      <Quiet>
        {t('account.said.published', { relative: dates.relative(publishedAt), moment: dates.moment(publishedAt) })}
      </Quiet>
    </Said>
  )
}
