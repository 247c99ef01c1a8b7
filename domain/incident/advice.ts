/** "Do" and "do not" of one scope, as published at one time. */
export interface Advice {
  id: string
  carrierId: string | null
  deviceModel: string | null
  version: number
  publishedAt: Date
  does: { en: string[]; fr: string[] }
  doNots: { en: string[]; fr: string[] }
}

const isEmpty = ({ does, doNots }: Advice) => does.en.length + doNots.en.length === 0

const scopeOf = ({ carrierId, deviceModel }: Advice) => `${carrierId ?? ''} ${deviceModel ?? ''}`

/** The newest version of every scope; a scope whose newest says nothing is over, and the wider one holds there again. */
export function standingAdvice(versions: readonly Advice[]): Advice[] {
  const newest = new Map<string, Advice>()
  for (const one of versions) {
    const known = newest.get(scopeOf(one))
    if (!known || known.version < one.version) newest.set(scopeOf(one), one)
  }
  return [...newest.values()].filter(one => !isEmpty(one)).sort((a, b) => narrowness(b) - narrowness(a))
}

/** A model is narrower than a carrier: what a battery does is the device's matter. */
const narrowness = ({ carrierId, deviceModel }: Pick<Advice, 'carrierId' | 'deviceModel'>) =>
  (deviceModel === null ? 0 : 2) + (carrierId === null ? 0 : 1)

/** Of several incidents' versions, in order: the first incident's that has advice for the person. */
export function firstAdviceFor(incidents: readonly Advice[][], person: Parameters<typeof adviceFor>[1]): Advice | null {
  for (const versions of incidents) {
    const advice = adviceFor(versions, person)
    if (advice !== null) return advice
  }
  return null
}

/** {@link firstAdviceFor} for many of one carrier's subscribers: of these only the model differs. */
export function adviceByModel(
  incidents: readonly Advice[][],
  carrierId: string,
): (model: string | null) => Advice | null {
  const known = new Map<string | null, Advice | null>()
  return deviceModel => {
    const before = known.get(deviceModel)
    if (before !== undefined) return before
    const advice = firstAdviceFor(incidents, { carrierId, deviceModel })
    known.set(deviceModel, advice)
    return advice
  }
}

/** The one advice that holds for a person: the narrowest scope they are in. Null where there is none. */
export function adviceFor(
  versions: readonly Advice[],
  person: { carrierId: string | null; deviceModel: string | null },
): Advice | null {
  const holds = (one: Advice) =>
    (one.carrierId === null || one.carrierId === person.carrierId) &&
    (one.deviceModel === null || one.deviceModel === person.deviceModel)
  return standingAdvice(versions).find(holds) ?? null
}
