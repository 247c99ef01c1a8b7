import { type Command, noneAlone, option } from '@/bin/commands/command'
import { rootFrom } from '@/bin/commands/root-from'
import { system } from '@/domain/actor'
import { verifyChains } from '@/domain/evidence/verify-chains'

export const command: Command = {
  usage: '[--root FILE]',
  needs: 'services',
  async run(words, { signer }) {
    noneAlone(words)
    const kept = (await rootFrom(option(words, 'root'))) ?? null
    const verdict = await verifyChains(system('operator'), { signer, kept })
    return { document: verdict, exitCode: verdict.whole ? 0 : 1 }
  },
}
