import type { Actor } from '@/domain/actor'
import { parseInput } from '@/domain/parse-input'
import { scope } from '@/domain/policy'
import { reader } from '@/domain/transaction'
import { type Figures, type FiguresInput, figuresInput, gatherFigures } from '@/domain/triage/figures/read-figures'

/** What a carrier sees of its own subscribers: counts, and nobody's name, staff's neither. */
export type Dashboard = Omit<Figures, 'people'>

/** How it stands with a carrier's subscribers; of every carrier for the installation's own staff. */
export async function readDashboard(actor: Actor, input: FiguresInput = {}, now = new Date()): Promise<Dashboard> {
  const own = scope(actor, 'dashboard.read').carrierId
  const { people: _, ...figures } = await gatherFigures(reader(actor), own, parseInput(figuresInput, input), now)
  return figures
}
