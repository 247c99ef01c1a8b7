import { reader } from '@/domain/transaction'

/** What the data of an event says of the rule by which it happened. */
export interface ByRule {
  ruleId?: string
  ruleVersion?: number
}

/** A rule by the name that it had in the version that acted. */
export interface NamedRule {
  name: string | null
  version: number
}

/**
 * Answers what names the rule of an event; null where none did it. Rules are called as they were in those versions. An
 * installation's rule is no carrier's to read, but what it did there is told to those who may read the event.
 */
export async function namesOfRules(said: readonly ByRule[]): Promise<(one: ByRule) => NamedRule | null> {
  const ids = [...new Set(said.flatMap(({ ruleId }) => ruleId ?? []))]
  const rows =
    ids.length === 0
      ? []
      : await reader('every-carrier').ruleVersion.findMany({
          where: { ruleId: { in: ids } },
          select: { ruleId: true, number: true, name: true },
        })
  const names = new Map(rows.map(({ ruleId, number, name }) => [`${ruleId} ${number}`, name]))
  return ({ ruleId, ruleVersion }) =>
    ruleVersion === undefined ? null : { name: names.get(`${ruleId} ${ruleVersion}`) ?? null, version: ruleVersion }
}
