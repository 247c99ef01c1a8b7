import { z } from 'zod'
import { formAction } from '@/app/_shell/form-action'
import { switchShortcuts } from '@/domain/triage/switch-shortcuts'

export const POST = formAction('/support/working/shortcuts', {
  input: z.object({ on: z.enum(['yes', 'no'], { error: 'bad-input' }).transform(on => on === 'yes') }),
  back: () => '/support/working',
  async act({ actor }, { on }) {
    await switchShortcuts(actor, { on })
    return `/support/working?done=${on ? 'on' : 'off'}`
  },
})
