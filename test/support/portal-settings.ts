import { randomBytes } from 'node:crypto'

/** What the portal reads from the environment, for tests that run its pages and forms in their own process. */
export function portalSettings(folder: string): void {
  Object.assign(process.env, {
    DATA_DIR: folder,
    BACKUP_URL: 'file:///nowhere',
    SNAPSHOT_URL: 'file:///nowhere',
    MAIL_FROM: 'no-reply@people.example',
    PUBLIC_URL: 'http://portal.example',
    NEXTAUTH_SECRET: randomBytes(32).toString('hex'),
    HOMEWARD_KEY: `test:${randomBytes(32).toString('base64')}`,
  })
}
