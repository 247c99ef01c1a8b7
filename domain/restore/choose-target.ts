import type { Category } from '@/domain/record/category'
import type { Collection, DeviceAccount, Discovery } from '@/domain/restore/device-account'

/** Where a category goes: a collection of resources, a folder of files, or nowhere. */
export type Target =
  | {
      as: 'resources' | 'files'
      collection: Collection
      /** Made for this restore, or found at the name it would have been made at: from now on the account's own. */
      made: boolean
      isNew: boolean
    }
  | { as: 'nowhere' }

export const collectionNames: Record<Category, string> = {
  contacts: 'contacts',
  calendar: 'calendar',
  tasks: 'tasks',
  notes: 'notes',
  photos: 'photos',
}

/**
 * The collection named on the account, else the first writable one that takes the category, else one that is made. Notes
 * that no collection takes go as text files beside the photos; photos always go to the files folder.
 */
export async function chooseTarget(
  account: DeviceAccount,
  discovery: Discovery,
  category: Category,
  named: string | null,
): Promise<Target> {
  if (category === 'photos') return files(await account.filesFolder('photos'))
  const takes = discovery.collections.filter(one => one.writable && one.takes.includes(category))
  const chosen = (named !== null ? takes.find(one => one.url === named) : undefined) ?? takes[0]
  if (chosen) return { as: 'resources', collection: chosen, made: false, isNew: false }
  const made = await account.makeCollection(category, collectionNames[category])
  if (made !== null) {
    const { isNew, ...collection } = made
    return { as: 'resources', collection, made: true, isNew }
  }
  return category === 'notes' ? files(await account.filesFolder('notes')) : { as: 'nowhere' }
}

const files = (folder: Collection | null): Target =>
  folder === null ? { as: 'nowhere' } : { as: 'files', collection: folder, made: false, isNew: false }
