import { z } from 'zod'

const id = z.uuid({ error: 'bad-input' })
/** Whose rules a form is about. */
export const which = { carrierId: id, incidentId: id }
export const edition = (least: 0 | 1) =>
  z.coerce.number({ error: 'bad-input' }).int().min(least, { error: 'bad-input' })

export const backTo = ({ carrierId, incidentId }: Record<string, unknown>, more = ''): string =>
  `/admin/compensation?${new URLSearchParams({ carrier: String(carrierId ?? ''), incident: String(incidentId ?? '') })}${more}`
