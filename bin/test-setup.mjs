// npm run test:setup: installs the Debian programs that the tests talk to.
import { installPrograms } from './test-programs.mjs'

const { missing, reason } = await installPrograms(step => console.error(`· ${step}`))
if (missing.length === 0) console.log('Everything that the tests use is installed.')
else {
  console.error(`Missing: ${missing.join(', ')} (${reason}). Tests that need it are left out, and say so.`)
  process.exitCode = 1
}
