import { parseRoot, type RootFile } from '@/domain/evidence/root-file'
import { reader } from '@/domain/transaction'

/** Every root that was published, oldest first: public, and read without asking. */
export async function listRoots(): Promise<RootFile[]> {
  const rows = await reader('every-carrier').chainRoot.findMany({ orderBy: { number: 'asc' } })
  return rows.flatMap(({ file }) => parseRoot(file) ?? [])
}
