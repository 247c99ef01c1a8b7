import type { NotifyFrom } from '@/prisma/generated/enums'

interface Notice {
  days: number
  from: NotifyFrom
  /** IANA name. */
  zone: string
}

/** "2009-10-11": the day in the zone by which somebody is to be told, so many days after the incident's or the decision's. */
export function notifyBy({ days, from, zone }: Notice, incident: Date, decided: Date): string {
  const day = dayIn(from === 'incident' ? incident : decided, zone)
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** "2009-10-11": which day it is there. */
export function dayIn(at: Date, zone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' })
    .formatToParts(at)
    .map(({ type, value }) => [type, value] as const)
  const { year, month, day } = Object.fromEntries(parts)
  return `${year}-${month}-${day}`
}
