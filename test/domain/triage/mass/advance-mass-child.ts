// node --import tsx test/domain/triage/mass/advance-mass-child.ts ACT: goes through an act on many, and says before each ticket that it will.
import { system } from '@/domain/actor'
import { advanceMassAct } from '@/domain/triage/mass/advance-mass-act'
import { macroWords } from '@/messages/macro-words'

const asked = () => {
  process.send?.('one')
  return false
}
const massActId = process.argv[2] ?? ''
await advanceMassAct(system('test'), { massActId }, whom => macroWords(whom, 'UTC', new Date()), asked)
process.exit()
