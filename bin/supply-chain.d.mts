interface Locked {
  name: string
  version: string
  integrity?: string
}

export function isBelow(version: string, limit: string): boolean
export function lockedPackages(lock: { packages: Record<string, object> }): Locked[]
export function knownWeak(packages: Locked[]): string[]
export function missingOf(bill: object, packages: Locked[]): string[]
export function auditFindings(text: string): string[] | null
