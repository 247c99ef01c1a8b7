import { renewLease } from '@/domain/restore/account-lease'
import { type CategoryWork, targetsOf } from '@/domain/restore/restore-category'
import type { Destination } from '@/domain/restore/settle-write'
import { reader, transaction } from '@/domain/transaction'

/**
 * A collection that a restore had to make goes with the last of what was put into it, so that an undo leaves the account as
 * it was found. It stays where anything lies in it, and where another restore is on its way into it.
 */
export async function removeMadeCollection(work: CategoryWork, { account, collection }: Destination): Promise<void> {
  const { run, lease } = work
  const inIt = { collectionUrl: collection.url, run: { accountId: run.accountId } }
  const made = await reader('every-carrier').runCategory.findFirst({ where: { ...inIt, collectionMade: true } })
  if (!made) return
  const onItsWay = await reader('every-carrier').runCategory.findFirst({
    where: { ...inIt, run: { ...inIt.run, kind: 'restore', status: { notIn: ['done', 'stopped'] } } },
  })
  if (onItsWay || !(await account.removeEmptyCollection(collection))) return
  const targets = targetsOf(run)
  const left = Object.fromEntries(Object.entries(targets).filter(([, url]) => url !== collection.url))
  await transaction('every-carrier', async tx => {
    await renewLease(tx, lease)
    await tx.deviceAccount.update({ where: { id: run.accountId }, data: { targets: left } })
    // Whatever lies at that address from now on was not made by us.
    await tx.runCategory.updateMany({ where: inIt, data: { collectionMade: false } })
  })
  run.request.account.targets = left
}
