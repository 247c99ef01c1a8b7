import path from 'node:path'

/** Where the portal under test keeps its files: the tests put bags there, as whoever recovers data would. */
export const dataDirectory = path.resolve(process.env.E2E_DATA ?? 'test-results/portal')
