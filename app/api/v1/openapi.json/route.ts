import { dataRoute } from '@/app/_shell/data-route'
import { settings } from '@/app/_shell/settings'
import { catalogue } from '@/app/api/_catalogue/catalogue'
import { describe } from '@/app/api/_catalogue/description'

/** What programs may ask here and how, OpenAPI 3.1: for everybody. */
export const GET = dataRoute('/api/v1/openapi.json', async () =>
  Response.json(describe(catalogue, new URL(settings().publicUrl).origin)),
)
