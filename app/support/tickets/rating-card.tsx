import type { Visit } from '@/app/_shell/visit'
import { Card, Said } from '@/app/_ui/card'
import { Part } from '@/app/_ui/page'
import { When } from '@/app/_ui/when'
import { scoreInWords } from '@/app/account/questions/rating-words'
import type { RatingView } from '@/domain/triage/after/read-rating'

/** How the subscriber found it, where they have said so. */
export function RatingCard({ visit, view: { rating } }: { visit: Visit; view: RatingView }) {
  const { t, dates } = visit
  if (rating === null) return null
  return (
    <Card>
      <Part>
        <h2>{t('after.rating.staff')}</h2>
        <p>
          <strong>{scoreInWords(visit, rating.score)}</strong>
        </p>
        {rating.comment === null ? null : (
          <Said>
            <p className="text-note text-quiet">{t('after.rating.words')}</p>
            <p lang={rating.language} className="whitespace-pre-line [overflow-wrap:anywhere]">
              {rating.comment}
            </p>
          </Said>
        )}
        <p className="text-quiet">
          <When at={rating.givenAt} dates={dates} />
        </p>
      </Part>
    </Card>
  )
}
