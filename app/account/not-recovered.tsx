import type { Visit } from '@/app/_shell/visit'
import { recordsInWords } from '@/app/_shell/words'
import type { Category } from '@/domain/record/category'

/** Of one category, records: not found although known before (null: unknown), and found but beyond reading. */
export interface Lost {
  category: Category
  notFound: number | null
  damaged: number
}

/** The first thing said: what is not back, in numbers. */
export function NotRecovered({ visit, of }: { visit: Visit; of: Lost[] }) {
  const { t } = visit
  const counts = (count: (one: Lost) => number) => Object.fromEntries(of.map(one => [one.category, count(one)]))
  const said = [
    {
      key: 'lost',
      records: recordsInWords(
        visit,
        counts(one => one.notFound ?? 0),
      ),
    },
    {
      key: 'damagedToo',
      records: recordsInWords(
        visit,
        counts(one => one.damaged),
      ),
    },
  ] as const
  if (said.every(({ records }) => records === '')) return <strong>{t('account.home.nothingLost')}</strong>
  return (
    <>
      {said.map(({ key, records }) =>
        records === '' ? null : <strong key={key}>{t(`account.home.${key}`, { records })} </strong>,
      )}
      <a href="/account/missing">{t('account.home.seeWhy')}</a>
    </>
  )
}
