import type { RecordComponent } from '@/formats/icalendar/calendar-component'

/** The kinds of data Homeward brings back, in the order in which people were promised them. */
export const categories = ['contacts', 'calendar', 'tasks', 'notes', 'photos'] as const
export type Category = (typeof categories)[number]

/** The calendar component that a record of the category is (RFC 5545 section 3.6). */
export const componentOf = {
  calendar: 'VEVENT',
  tasks: 'VTODO',
  notes: 'VJOURNAL',
} as const satisfies Partial<Record<Category, RecordComponent>>

export const isCategory = (value: string): value is Category => (categories as readonly string[]).includes(value)
