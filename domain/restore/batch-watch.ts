import type { Category } from '@/domain/record/category'
import { usableBatchStatuses } from '@/domain/recovery/batch-status'
import { LeaseLost } from '@/domain/restore/account-lease'
import type { LoadedRun } from '@/domain/restore/load-run'
import { reader } from '@/domain/transaction'

/** A batch that this restore takes from was withheld: nothing more of it is pushed while it is. */
export class BatchWithheld extends Error {
  constructor(batch: string) {
    super(`The batch ${batch} must not be used.`)
    this.name = 'BatchWithheld'
  }
}

/** Throws {@link BatchWithheld} where a batch that the run takes this category from must not be used now. */
export async function refuseWithheld(run: LoadedRun, category: Category): Promise<void> {
  const ids = run.request.items.filter(item => item.category === category).map(item => item.holdingId)
  const withheld = await reader('every-carrier').holding.findFirst({
    where: { id: { in: ids }, batch: { status: { notIn: [...usableBatchStatuses] } } },
    select: { batch: { select: { name: true } } },
  })
  if (withheld) throw new BatchWithheld(withheld.batch.name)
}

/**
 * Throws {@link LeaseLost} where the run was stopped or held. Nothing of it could be committed any more; but what is written before
 * that shows is in the account, and "this was not me" must not come after three hundred records more.
 */
async function refuseHalted({ id }: LoadedRun): Promise<void> {
  const run = await reader('every-carrier').run.findUnique({ where: { id }, select: { status: true } })
  if (run === null || run.status === 'held' || run.status === 'stopped') throw new LeaseLost()
}

const lookEveryMs = 1_000
/** A fast account commits dozens of chunks a second; a look at each would cost as much as the commits. */
const atMostEveryMs = 200

/** Looks after the run, and the batches of one category, while it is pushed: as chunks are committed, and each second where those are rare. */
export class BatchWatch {
  private looking: Promise<void> | null = null
  private lookedAt = performance.now()
  private trouble: unknown = null

  constructor(
    private readonly run: LoadedRun,
    private readonly category: Category,
  ) {}

  /** A chunk was committed: begins to look, one look at a time; what it meets is told by `stops` and `judge`. */
  look(): void {
    if (this.looking !== null || performance.now() - this.lookedAt < atMostEveryMs) return
    this.lookedAt = performance.now()
    this.looking = Promise.all([refuseHalted(this.run), refuseWithheld(this.run, this.category)])
      .then(() => undefined)
      .catch(error => {
        this.trouble ??= error
      })
      .finally(() => {
        this.looking = null
      })
  }

  /** Whether nothing more may be pushed; asked between two records. */
  stops(): boolean {
    if (performance.now() - this.lookedAt >= lookEveryMs) this.look()
    return this.trouble !== null
  }

  /** Lets the last look come to its end. */
  async end(): Promise<void> {
    await this.looking
  }

  /** Throws what stopped the push, or would have stopped it had it not been `through` before. */
  judge(through: boolean): void {
    if (this.trouble === null || (through && this.trouble instanceof BatchWithheld)) return
    throw this.trouble
  }
}
