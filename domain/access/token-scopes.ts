/**
 * What a token may be made for, and the verbs of the policy table that each scope opens. A program's right is what both
 * allow: the table for the role "machine", and the scopes of its token.
 */
export const tokenScopes = {
  'requests:count': ['request.count'],
  'holdings:count': ['holding.count'],
  'requests:read': ['request.follow'],
  'requests:decide': ['request.approve', 'request.decline', 'request.follow'],
  'requests:file': ['request.follow', 'request.file-for'],
  'tickets:read': ['ticket.follow'],
  'tickets:write': ['ticket.follow', 'ticket.file', 'ticket.add-entry', 'ticket.move'],
  'webhooks:manage': ['endpoint.manage'],
} as const satisfies Record<string, readonly string[]>

export type TokenScope = keyof typeof tokenScopes

export const scopeNames = Object.keys(tokenScopes) as [TokenScope, ...TokenScope[]]

export const isTokenScope = (name: string): name is TokenScope => Object.hasOwn(tokenScopes, name)

/** Whether one of the scopes opens the verb; a scope that is not known any more opens nothing. */
export const allowsVerb = (scopes: readonly string[], verb: string): boolean =>
  scopes.some(name => isTokenScope(name) && (tokenScopes[name] as readonly string[]).includes(verb))

/** The scopes that open the verb. */
export const scopesFor = (verb: string): TokenScope[] => scopeNames.filter(name => allowsVerb([name], verb))
