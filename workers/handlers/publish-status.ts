import { system } from '@/domain/actor'
import { listRoots } from '@/domain/evidence/list-roots'
import { publishStatus } from '@/domain/incident/publish-status'
import { listPublicNotices } from '@/domain/notice/list-public-notices'
import { markdownToHtml } from '@/formats/markdown/to-html'
import type { Handle } from '@/workers/handler'
import { evidenceFiles } from '@/workers/handlers/status-site/evidence-files'
import { htmlFiles } from '@/workers/handlers/status-site/html-files'
import { machineFiles } from '@/workers/handlers/status-site/machine-files'
import { publicNotice } from '@/workers/handlers/status-site/notices'
import { statusView } from '@/workers/handlers/status-site/view'

/** Writes the whole public page anew and swaps it in. */
export const handle: Handle<Record<string, never>> = async (_, services) => {
  const { statusFiles, publicUrl, timeZone, demonstration } = services
  const roots = await listRoots()
  await publishStatus(system('publish-status'), {
    files: statusFiles,
    readNotices: async () => (await listPublicNotices({ portalUrl: publicUrl })).map(publicNotice),
    compose: status => [
      ...htmlFiles(statusView(status), {
        timeZone,
        html: markdownToHtml,
        publicUrl,
        demonstration,
        readAt: status.readAt,
      }),
      ...machineFiles(status, { publicUrl, timeZone, demonstration }),
      ...evidenceFiles(roots),
    ],
  })
  return undefined
}
