import { dataRoute } from '@/app/_shell/data-route'
import { massProgressView } from '@/app/support/mass/[id]/mass-progress'
import { findMassAct } from '@/domain/triage/mass/find-mass-acts'

/** Asked by the page of an act on many as long as it runs and is seen: how far it has come. */
export const GET = dataRoute(
  '/support/mass/[id]/progress',
  async (visit, { params }) => {
    const act = await findMassAct(visit.actor, params.id ?? '')
    return Response.json(massProgressView(visit, act), { headers: { 'cache-control': 'private, no-store' } })
  },
  { byItself: true },
)
