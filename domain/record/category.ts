/** The kinds of data Homeward brings back, in the order in which people were promised them. */
export const categories = ['contacts', 'calendar', 'tasks', 'notes', 'photos'] as const
export type Category = (typeof categories)[number]

export const isCategory = (value: string): value is Category => (categories as readonly string[]).includes(value)
