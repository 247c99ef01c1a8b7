import type { IncidentContent } from '@/formats/status-page/page-content'

/** What a feed says in the words of its language. */
export interface FeedWords {
  /** Of the whole feed: "Homeward status: incident history". */
  title: string
  /** "Resolved", never empty: readers take it for the state. */
  statuses: Record<IncidentContent['status'], string>
  /** A moment for people, with its time zone. */
  date: (moment: Date) => string
  /** Of an update that was entered afterwards, and when. */
  backfilled: (moment: Date) => string
  corrects: (update: { number: number; reason: string }) => string
}
