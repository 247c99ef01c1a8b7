import { dataRoute } from '@/app/_shell/data-route'
import { outside } from '@/app/_shell/outside'
import { pictureOf } from '@/app/_shell/picture'
import { openViewedPhoto } from '@/domain/record/read-viewed'

export const GET = dataRoute('/support/looks/[id]/[ordinal]/preview', async (visit, { params, query }) => {
  const place = { viewId: params.id ?? '', ordinal: Number(params.ordinal) }
  const photo = await openViewedPhoto(visit.actor, outside().storage, place)
  return pictureOf(photo.bytes(), query.one('size'))
})
