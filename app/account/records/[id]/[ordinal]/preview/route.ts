import { dataRoute } from '@/app/_shell/data-route'
import { outside } from '@/app/_shell/outside'
import { pictureOf } from '@/app/_shell/picture'
import { openPhoto } from '@/domain/record/read-record'

export const GET = dataRoute('/account/records/[id]/[ordinal]/preview', async (visit, { params, query }) => {
  const place = { holdingId: params.id ?? '', ordinal: Number(params.ordinal) }
  const photo = await openPhoto(visit.actor, outside().storage, place)
  return pictureOf(photo.bytes(), query.one('size'))
})
