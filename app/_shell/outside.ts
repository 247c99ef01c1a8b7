import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { reportFault } from '@/app/_shell/report-fault'
import { settings } from '@/app/_shell/settings'
import { categories } from '@/domain/record/category'
import { type AccountOutside, passwordContext } from '@/domain/restore/add-account'
import type { RestoreOutside } from '@/domain/restore/outside'
import { openStorage } from '@/gateways/backup-storage/open-storage'
import { openDavAccount } from '@/gateways/device-account/dav'
import { openVdirAccount } from '@/gateways/device-account/vdir'
import { parseKeyring } from '@/gateways/keyring'
import { openLive } from '@/gateways/live'
import { queuePlace } from '@/gateways/queue'
import { fileSealedStore } from '@/gateways/sealed-store'
import { openSecrets } from '@/gateways/secrets'

export type PortalOutside = RestoreOutside & AccountOutside

// On the global object: pages and route handlers may be bundled apart, and each would open its own connections.
const place = globalThis as typeof globalThis & { homewardOutside?: PortalOutside }

/** The outside world as the portal reaches it, put together once a process. Nothing is connected before its first use. */
export function outside(): PortalOutside {
  place.homewardOutside ??= compose()
  return place.homewardOutside
}

const targets = z.partialRecord(z.enum(categories), z.string())

function compose(): PortalOutside {
  const { backupUrl, snapshotUrl, homewardKey, deviceAllowedHosts: allowedHosts } = settings()
  const keys = parseKeyring(homewardKey)
  const secrets = openSecrets(keys)
  return {
    storage: openStorage(backupUrl),
    sealed: fileSealedStore({ root: fileURLToPath(snapshotUrl), keys }),
    live: openLive({ ...queuePlace(process.env), onTrouble: reportFault }),
    secrets,
    report: reportFault,
    async openAccount(row, signal) {
      if (row.kind === 'vdir') return openVdirAccount({ path: row.url })
      const { url, filesUrl, username } = row
      const password = row.password && secrets.openText(row.password, passwordContext(row.id))
      const collections = targets.parse(row.targets)
      return openDavAccount({ url, filesUrl, username, password, allowedHosts, collections, ...(signal && { signal }) })
    },
  }
}
