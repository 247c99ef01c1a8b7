import { z } from 'zod'

/** The edition of the draft that the page has shown. */
export const edition = (least: number) =>
  z.coerce.number({ error: 'rule-stale' }).int({ error: 'rule-stale' }).min(least, { error: 'rule-stale' })
