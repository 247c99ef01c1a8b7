import type { Visit } from '@/app/_shell/visit'
import { Card, Quiet } from '@/app/_ui/card'
import { StandingIcon } from '@/app/_ui/icon'
import { Prose } from '@/app/_ui/prose'
import { spoken } from '@/app/account/spoken'
import type { SubscriberNotice } from '@/domain/notice/list-subscriber-notices'
import { otherLanguage } from '@/messages/language'

/** What the carrier tells this person; what was corrected or withdrawn says so, and why, and stays to be read. */
export function CarrierNotices({ visit, notices }: { visit: Visit; notices: SubscriberNotice[] }) {
  return notices.map(notice => <CarrierNotice key={notice.id} visit={visit} notice={notice} among={notices} />)
}

function CarrierNotice({
  visit,
  notice,
  among,
}: {
  visit: Visit
  notice: SubscriberNotice
  among: SubscriberNotice[]
}) {
  const { t, dates } = visit
  const { number, carrierName, status, publishedAt } = notice
  // A notice may exist in one language alone: better that than nothing.
  const language = notice.html[visit.language] === '' ? otherLanguage(visit.language) : visit.language
  const said = (en: string, fr: string) => spoken({ language }, { en, fr })
  const numberOf = (other: SubscriberNotice | undefined) => (other ? String(other.number) : null)
  const before = numberOf(among.find(({ id }) => id === notice.correctsId))
  const after = numberOf(among.find(({ correctsId }) => correctsId === notice.id))
  return (
    <Card>
      <article id={`notice-${number}`} className="grid gap-2">
        <h3 lang={language}>{said(notice.titleEn, notice.titleFr)}</h3>
        <Quiet>
          {t('statusPage.notices.by', { carrier: carrierName, number: String(number) })} ·{' '}
          <time dateTime={publishedAt.toISOString()}>{dates.moment(publishedAt)}</time>
        </Quiet>
        {status === 'published' ? null : <Ended visit={visit} notice={notice} />}
        {before === null ? null : <Quiet>{t('ownIncident.notices.inPlaceOf', { number: before })}</Quiet>}
        {after === null ? null : <Quiet>{t('ownIncident.notices.replaced', { number: after })}</Quiet>}
        <Prose html={notice.html[language]} lang={language} />
      </article>
    </Card>
  )
}

function Ended({ visit, notice }: { visit: Visit; notice: SubscriberNotice }) {
  const { t, dates } = visit
  const { endedAt, endReasonEn, endReasonFr } = notice
  const status = notice.status === 'corrected' ? 'corrected' : 'withdrawn'
  const moment = endedAt === null ? '' : dates.moment(endedAt)
  const reason = spoken(visit, { en: endReasonEn ?? '', fr: endReasonFr ?? '' })
  return (
    <p className="flex gap-2 font-semibold text-gone">
      <StandingIcon standing="gone" className="mt-1.5 size-4" />
      <span className="min-w-0">{t(`statusPage.notices.${status}`, { moment, reason })}</span>
    </p>
  )
}
