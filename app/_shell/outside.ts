import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { reportFault } from '@/app/_shell/report-fault'
import { settings } from '@/app/_shell/settings'
import type { EvidenceSigner } from '@/domain/evidence/signer'
import { categories } from '@/domain/record/category'
import { type AccountOutside, passwordContext } from '@/domain/restore/add-account'
import type { RestoreOutside } from '@/domain/restore/outside'
import { openStorage } from '@/gateways/backup-storage/open-storage'
import { openDavAccount } from '@/gateways/device-account/dav'
import { openVdirAccount } from '@/gateways/device-account/vdir'
import { evidenceSigner } from '@/gateways/evidence-signer'
import { openKeyring } from '@/gateways/keyring'
import { type OpenLive, openLive } from '@/gateways/live'
import { queuePlace } from '@/gateways/queue'
import { fileSealedStore } from '@/gateways/sealed-store'
import { openSecrets } from '@/gateways/secrets'

export type PortalOutside = RestoreOutside & AccountOutside & { signer: EvidenceSigner }

// On the global object: pages and route handlers are bundled apart, and each would open its own connections.
const place = globalThis as typeof globalThis & { homewardLive?: OpenLive }

// Not on the global object: each bundle has error classes of its own, and must be thrown those that it knows.
let composed: PortalOutside | undefined

/** The outside world as the portal reaches it. Nothing is connected before its first use. */
export function outside(): PortalOutside {
  composed ??= compose()
  return composed
}

const targets = z.partialRecord(z.enum(categories), z.string())

function compose(): PortalOutside {
  const { backupUrl, snapshotUrl, homewardKey, homewardKeyFile, deviceAllowedHosts: allowedHosts } = settings()
  const keys = openKeyring(homewardKey, homewardKeyFile, reportFault)
  const secrets = openSecrets(keys)
  place.homewardLive ??= openLive({ ...queuePlace(process.env), onTrouble: reportFault })
  return {
    storage: openStorage(backupUrl),
    sealed: fileSealedStore({ root: fileURLToPath(snapshotUrl), keys }),
    live: place.homewardLive,
    secrets,
    signer: evidenceSigner(keys),
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
