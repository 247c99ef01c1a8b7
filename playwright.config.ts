import path from 'node:path'
import { defineConfig } from '@playwright/test'
import { locate } from '@/test/support/locate'

const dataDirectory = path.resolve('test-results/portal')
const sessions = path.resolve('test-results/sessions')
/** A portal that runs already, to try tests on; unset: one is started for the run. */
const running = process.env.E2E_URL
// Playwright reads this file in each of its processes: only the first one chooses.
process.env.E2E_PORT ||= String(20_000 + (process.pid % 20_000))
const baseURL = running ?? `http://localhost:${process.env.E2E_PORT}`
const executablePath = process.env.CHROMIUM_PATH || locate('chromium-headless-shell') || locate('chromium')
const isRoot = process.getuid?.() === 0

/** The browser tests walk through a portal of their own, started as anybody starts it and told the demonstration. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/browser',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  use: {
    baseURL,
    actionTimeout: 20_000,
    navigationTimeout: 40_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // A browser that looks for updates and Google's hosts is slow where neither can be reached.
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-dev-shm-usage',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  ...(running
    ? {}
    : {
        webServer: {
          // Cleared here and not above: other tools read this file too, beside tests that run.
          command: `rm -rf '${dataDirectory}' '${sessions}' && exec node bin/launch.mjs --build bin/start.ts`,
          url: `${baseURL}/readyz`,
          timeout: 300_000,
          gracefulShutdown: { signal: 'SIGTERM', timeout: 60_000 },
          env: {
            PORT: process.env.E2E_PORT,
            DATA_DIR: dataDirectory,
            DATABASE_URL: '',
            SMTP_URL: '',
            REDIS_URL: '',
            // Where the tests' own device servers listen.
            DEVICE_ALLOWED_HOSTS: '127.0.0.1',
          },
        },
      }),
})
