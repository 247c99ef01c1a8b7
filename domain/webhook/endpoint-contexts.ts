/** What an endpoint's sealed columns are bound to. */
export const endpointAddressContext = (id: string): string => `endpoint:${id}:address`
export const endpointSecretContext = (id: string): string => `endpoint:${id}:secret`
