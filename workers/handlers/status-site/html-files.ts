import type { StatusFile } from '@/domain/incident/status-files'
import { type Language, languages } from '@/messages/language'
import { embedPage, feedsPage } from '@/messages/status-page/feeds-page'
import { historyPage, yearsOf } from '@/messages/status-page/history-page'
import { homePage } from '@/messages/status-page/home-page'
import { earlierPages, incidentPage } from '@/messages/status-page/incident-page'
import { noticePage, noticesPage } from '@/messages/status-page/notices'
import { accessibilityPage, helpPage, notFoundPage } from '@/messages/status-page/plain-pages'
import { postmortemPages } from '@/messages/status-page/postmortem-page'
import { type Speaker, type SpeakerSettings, speaker } from '@/messages/status-page/speaker'
import type { StatusView } from '@/messages/status-page/view'

/** Every public page in both languages. */
export const htmlFiles = (status: StatusView, settings: SpeakerSettings): StatusFile[] =>
  languages.flatMap(language => pagesIn(language, status, speaker(language, settings)))

function pagesIn(language: Language, status: StatusView, speaker: Speaker): StatusFile[] {
  const file = (path: string, body: string): StatusFile => ({
    path: `/${language}${path}`,
    type: 'text/html; charset=utf-8',
    body,
    language,
  })
  return [
    file('', homePage(speaker, status)),
    file('/history', historyPage(speaker, status, null)),
    ...yearsOf(speaker, status).map(year => file(`/history/${year}`, historyPage(speaker, status, year))),
    ...status.incidents.flatMap(incident => [
      file(`/incidents/${incident.slug}`, incidentPage(speaker, status, incident)),
      ...earlierPages(speaker, status, incident).map((body, index) =>
        file(`/incidents/${incident.slug}/earlier/${index + 1}`, body),
      ),
      ...postmortemPages(speaker, incident).map(({ path, body }) => file(path, body)),
    ]),
    file('/notices', noticesPage(speaker, status.notices)),
    ...status.notices.map(notice => file(`/notices/${notice.number}`, noticePage(speaker, notice))),
    file('/feeds', feedsPage(speaker)),
    file('/embed', embedPage(speaker, status)),
    file('/help', helpPage(speaker)),
    file('/accessibility', accessibilityPage(speaker)),
    file('/404', notFoundPage(speaker)),
  ]
}
