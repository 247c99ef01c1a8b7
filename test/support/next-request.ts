/** What `next/headers` answers in a test: the request that a page or a route handler is called for, without a server. */
interface TestRequest {
  headers: Headers
  cookies: Map<string, string>
}

let current: TestRequest = { headers: new Headers(), cookies: new Map() }

/** Everything that reads headers and cookies reads these from here on. */
export function beginRequest(request: TestRequest): void {
  current = request
}

export async function headers(): Promise<Headers> {
  return current.headers
}

export async function cookies() {
  const { cookies: jar } = current
  return {
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    has: (name: string) => jar.has(name),
    set: (name: string, value: string) => void jar.set(name, value),
  }
}
