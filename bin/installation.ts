import { joinEmbeddedPostgres } from '@/bin/embedded-postgres'
import { resolveEnvironment } from '@/bin/environment'
import { migrate } from '@/bin/migrate'
import { type OpenServices, openServices } from '@/bin/services'

/**
 * Runs `work` on the installation that the settings name, up to date: beside a running portal, or alone with the embedded
 * database started for the time being.
 */
export async function withInstallation<T>(work: (open: OpenServices) => Promise<T>): Promise<T> {
  const { ownerUrl, databaseUrl, embedded } = await resolveEnvironment(joinEmbeddedPostgres)
  try {
    await migrate(ownerUrl, databaseUrl)
    const open = openServices('operator')
    try {
      return await work(open)
    } finally {
      await open.close()
    }
  } finally {
    await embedded?.leave()
  }
}
