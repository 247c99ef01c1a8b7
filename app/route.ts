import { dataRoute } from '@/app/_shell/data-route'

/** The public page in the visitor's language. Relative, so that it holds behind any proxy. */
export const GET = dataRoute(
  '/',
  async ({ language }) => new Response(null, { status: 307, headers: { location: `/${language}` } }),
)
