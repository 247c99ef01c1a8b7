import type { Fields } from '@/app/_shell/read-fields'

/** The page of the kind of data that a form is about. */
export const wavePath = ({ category }: Fields, { id }: Record<string, string>): string =>
  `/admin/incidents/${id}/wave?${new URLSearchParams({ category: String(category) })}`
