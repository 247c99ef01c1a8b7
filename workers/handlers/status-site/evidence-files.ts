import { type RootFile, rootText } from '@/domain/evidence/root-file'
import type { StatusFile } from '@/domain/incident/status-files'

export const rootPath = ({ date }: Pick<RootFile, 'date'>): string => `/evidence/${date}.json`

/** Every root that was published stands in every later generation, the newest under a name of its own too. */
export function evidenceFiles(roots: RootFile[]): StatusFile[] {
  const file = (path: string, root: RootFile): StatusFile => {
    return { path, type: 'application/json; charset=utf-8', body: `${rootText(root)}\n`, language: null }
  }
  const latest = roots.at(-1)
  return [...roots.map(root => file(rootPath(root), root)), ...(latest ? [file('/evidence/latest.json', latest)] : [])]
}
