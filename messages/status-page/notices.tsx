import { type Language, otherLanguage } from '@/messages/language'
import { excerpt } from '@/messages/status-page/excerpt'
import { document } from '@/messages/status-page/layout'
import { Tag } from '@/messages/status-page/marks'
import type { Speaker } from '@/messages/status-page/speaker'
import { Moment, Prose } from '@/messages/status-page/standing'
import type { NoticeView } from '@/messages/status-page/view'

/** Notices on a page of their own, and beside other things; characters of one that stands among others. */
const listed = 100
const beside = 5
const shown = 800

const addressOf = ({ language }: Speaker, { number }: NoticeView) => `/${language}/notices/${number}`

/** A notice may exist in one language alone: better that than nothing. */
const languageOf = ({ title, body }: NoticeView, language: Language): Language =>
  title[language] && body[language] ? language : otherLanguage(language)

/** Only what is not in the page's language says which it is in. */
const langOf = ({ language }: Speaker, said: Language) => (said === language ? undefined : said)

export function Notices({ speaker, notices }: { speaker: Speaker; notices: NoticeView[] }) {
  const { t, language } = speaker
  if (notices.length === 0) return null
  return (
    <section className="s">
      <h2>{t('statusPage.notices.heading')}</h2>
      {notices.slice(0, beside).map(notice => (
        <Beginning key={notice.id} speaker={speaker} notice={notice} />
      ))}
      <p>
        <a className="tap" href={`/${language}/notices`}>
          {t('statusPage.notices.all')}
        </a>
      </p>
    </section>
  )
}

function Beginning({ speaker, notice }: { speaker: Speaker; notice: NoticeView }) {
  const { t, language } = speaker
  const said = languageOf(notice, language)
  const { text, isCut } = excerpt(notice.body[said], shown)
  const body = (
    <>
      <Prose speaker={speaker} text={text} said={said} />
      {isCut ? (
        <p>
          <a className="tap" href={addressOf(speaker, notice)}>
            {t('statusPage.notices.whole', { number: String(notice.number) })}
          </a>
        </p>
      ) : null}
    </>
  )
  return (
    <article id={`notice-${notice.number}`} className="card xs">
      <h3 lang={langOf(speaker, said)}>
        <a className="tap" href={addressOf(speaker, notice)}>
          {notice.title[said]}
        </a>
      </h3>
      <About speaker={speaker} notice={notice} />
      <Held speaker={speaker} notice={notice}>
        {body}
      </Held>
    </article>
  )
}

/** What is over stays readable, but nobody who skims the page takes it for advice. */
function Held({ speaker, notice, children }: { speaker: Speaker; notice: NoticeView; children: React.ReactNode }) {
  if (notice.status === 'published') return children
  return (
    <details>
      <summary>{speaker.t('statusPage.notices.saidThen')}</summary>
      {children}
    </details>
  )
}

/** Whose it is, since when, and what became of it. */
function About({ speaker, notice }: { speaker: Speaker; notice: NoticeView }) {
  const { t, dates, language } = speaker
  const { number, carrier, status, endedAt, endReason, publishedAt } = notice
  const end = { moment: endedAt ? dates.moment(endedAt) : '', reason: endReason?.[language] ?? '' }
  return (
    <>
      <p className="quiet">
        {t('statusPage.notices.by', { carrier: carrier.name, number: String(number) })} ·{' '}
        <Moment speaker={speaker} at={publishedAt} />
      </p>
      {status === 'published' ? null : (
        <p>
          <Tag mark="gone">{t(`statusPage.notices.${status}`, end)}</Tag>
        </p>
      )}
    </>
  )
}

/** Every notice that is addressed to all, by its title. */
export function noticesPage(speaker: Speaker, notices: NoticeView[]): string {
  const { t, language } = speaker
  return document({
    speaker,
    path: '/notices',
    title: t('statusPage.notices.title'),
    children: (
      <>
        <section className="s">
          <h1>{t('statusPage.notices.title')}</h1>
          <p>{notices.length === 0 ? t('statusPage.notices.none') : t('statusPage.notices.lead')}</p>
        </section>
        {notices.length > 0 ? (
          <ul className="plain lines card">
            {notices.slice(0, listed).map(notice => {
              const said = languageOf(notice, language)
              return (
                <li key={notice.id} className="xs">
                  <h2 lang={langOf(speaker, said)}>
                    <a href={addressOf(speaker, notice)}>{notice.title[said]}</a>
                  </h2>
                  <About speaker={speaker} notice={notice} />
                </li>
              )
            })}
          </ul>
        ) : null}
      </>
    ),
  })
}

/** One notice, whole, at an address that stays. */
export function noticePage(speaker: Speaker, notice: NoticeView): string {
  const { t, language } = speaker
  const said = languageOf(notice, language)
  const title = notice.title[said]
  return document({
    speaker,
    path: `/notices/${notice.number}`,
    title,
    children: (
      <>
        <section className="s">
          <h1 lang={langOf(speaker, said)}>{title}</h1>
          <About speaker={speaker} notice={notice} />
          <Held speaker={speaker} notice={notice}>
            <Prose speaker={speaker} text={notice.body[said]} said={said} />
          </Held>
        </section>
        <p>
          <a className="tap" href={`/${language}/notices`}>
            {t('statusPage.notices.all')}
          </a>
        </p>
      </>
    ),
  })
}
