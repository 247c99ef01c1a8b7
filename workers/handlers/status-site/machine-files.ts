import type { PublicStatus } from '@/domain/incident/public-status'
import type { StatusFile } from '@/domain/incident/status-files'
import { historyAtom } from '@/formats/status-page/atom'
import { badge } from '@/formats/status-page/badge'
import { capAlert, capPath } from '@/formats/status-page/cap'
import { capIndex, capIndexPath } from '@/formats/status-page/cap-index'
import type { FeedWords } from '@/formats/status-page/feed-words'
import { historyRss } from '@/formats/status-page/rss'
import { statuspageFiles } from '@/formats/status-page/statuspage-v2'
import { dates } from '@/messages/dates'
import { type Language, languages } from '@/messages/language'
import { translator } from '@/messages/translate'
import { matters } from '@/workers/handlers/status-site/alerts'
import { pageContent } from '@/workers/handlers/status-site/page-content'

interface Place {
  publicUrl: string
  timeZone: string
  demonstration: boolean
}

const phases = [
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'postmortem',
  'scheduled',
  'in_progress',
  'verifying',
  'completed',
] as const

/** JSON, feeds, badges and alerts. */
export function machineFiles(status: PublicStatus, place: Place): StatusFile[] {
  const contents = { en: contentIn('en', status, place), fr: contentIn('fr', status, place) }
  return [
    ...statuspageFiles(contents.en).map(({ path, body }) => file(path, 'application/json; charset=utf-8', body, null)),
    ...languages.flatMap(language => feedFiles(language, contents[language], place)),
    ...languages.map(language => badgeFile(language, status)),
    ...alertFiles(status, contents.en, place),
  ]
}

const file = (path: string, type: string, body: string, language: Language | null): StatusFile => ({
  path,
  type,
  body,
  language,
})

const contentIn = (language: Language, status: PublicStatus, { publicUrl, timeZone }: Place) =>
  pageContent(status, language, {
    publicUrl,
    timeZone,
    description: translator(language)(`statusPage.standing.${status.standing.sentence}`),
  })

/** English has the addresses that clients of Statuspage know; each language has its own besides. */
function feedFiles(language: Language, content: ReturnType<typeof contentIn>, { timeZone }: Place): StatusFile[] {
  const t = translator(language)
  const { moment } = dates(language, timeZone)
  const words: FeedWords = {
    title: `${content.name} – ${t('statusPage.history.title')}`,
    statuses: Object.fromEntries(phases.map(phase => [phase, t(`statusPage.phase.${phase}`)])) as FeedWords['statuses'],
    date: moment,
    backfilled: entered => t('statusPage.timeline.backfilled', { moment: moment(entered) }),
    corrects: ({ number, reason }) => t('statusPage.timeline.corrects', { number: String(number), reason }),
  }
  const places = language === 'en' ? ['', '/en'] : [`/${language}`]
  return places.flatMap(place => {
    const [atom, rss] = [`${place}/history.atom`, `${place}/history.rss`]
    return [
      file(atom, 'application/atom+xml; charset=utf-8', historyAtom(content, words, atom), language),
      file(rss, 'application/rss+xml; charset=utf-8', historyRss(content, words, rss), language),
    ]
  })
}

function badgeFile(language: Language, { standing }: PublicStatus): StatusFile {
  const t = translator(language)
  const impact = standing.sentence === 'maintenance' ? 'maintenance' : standing.indicator
  const body = badge(t('statusPage.badge.label'), t(`statusPage.badgeWords.${standing.sentence}`), impact)
  return file(`/${language}/badge.svg`, 'image/svg+xml; charset=utf-8', body, language)
}

const mostListed = 50

/** Every message under its own name, and the one that holds under the name of its matter. */
function alertFiles(status: PublicStatus, content: ReturnType<typeof contentIn>, place: Place): StatusFile[] {
  const sender = new URL(place.publicUrl).hostname
  const type = 'application/cap+xml; charset=utf-8'
  const all = matters(status, place).filter(({ messages }) => messages.every(one => one.texts.length > 0))
  const latest = all.map(({ messages }) => messages.at(-1)!)
  const listed = latest.sort((a, b) => b.sentAt.getTime() - a.sentAt.getTime()).slice(0, mostListed)
  const title = `${content.name} – ${translator('en')('statusPage.feeds.cap')}`
  return [
    file(capIndexPath, 'application/atom+xml; charset=utf-8', capIndex(listed, content, title), 'en'),
    ...all.flatMap(({ id, messages }) => [
      ...messages.map(one => file(capPath(one.id), type, capAlert(one, sender), null)),
      file(capPath(id), type, capAlert(messages.at(-1)!, sender), null),
    ]),
  ]
}
