import type { PolicyVerb } from '@/domain/policy'

/**
 * Every page and route handler, and the verb of the policy table that it asks for. "public": anybody; "signed-in": whoever
 * has a session, whatever their role. A file under app/ without a row here fails a test.
 */
export const routePolicies = {
  '/[language]': 'public',
  '/healthz': 'public',
  '/readyz': 'public',
  '/language': 'public',
  '/api/auth/[...nextauth]': 'public',

  '/sign-in': 'public',
  '/sign-in/send': 'public',
  '/sign-in/sent': 'public',
  '/sign-in/link': 'public',
  '/sign-in/link/use': 'public',
  '/sign-in/whose': 'signed-in',
  '/sign-in/whose/choose': 'signed-in',
  '/sign-in/again': 'signed-in',
  '/sign-in/again/send': 'signed-in',
  '/sign-out': 'signed-in',

  '/account': 'holding.list',
  '/account/missing': 'holding.list',
  '/account/records': 'record.read',
  '/account/records/[id]': 'record.read',
  '/account/records/[id]/[ordinal]': 'record.read',
  '/account/records/[id]/[ordinal]/preview': 'record.read',
  '/account/records/[id]/[ordinal]/original': 'record.download',
  '/account/download': 'record.download',
  '/account/download/archive': 'record.download',
} as const satisfies Record<string, PolicyVerb | 'public' | 'signed-in'>

export type Route = keyof typeof routePolicies
