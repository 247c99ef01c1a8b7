import { z } from 'zod'
import type { Actor } from '@/domain/actor'
import { notFound } from '@/domain/errors'
import { recordEvent } from '@/domain/events'
import { parseInput } from '@/domain/parse-input'
import { authorize } from '@/domain/policy'
import { transaction } from '@/domain/transaction'
import { workLanguages } from '@/domain/triage/work-languages'

const chooseInput = z.object({
  staffId: z.uuid(),
  languages: z.array(z.enum(workLanguages)).min(1, { error: 'languages-missing' }),
})

/** In which languages somebody works on tickets: they choose it themselves, or an administrator does. */
export async function chooseLanguages(actor: Actor, input: z.input<typeof chooseInput>): Promise<void> {
  const { staffId, languages: asked } = parseInput(chooseInput, input)
  const languages = workLanguages.filter(one => asked.includes(one))
  await transaction(actor, async tx => {
    const member = await tx.staff.findUnique({ where: { id: staffId, leftAt: null } })
    const carrierId = member?.carrierId ?? null
    authorize(
      actor,
      'staff.choose-languages',
      { carrierId, subscriberId: null, staffId: member?.id ?? null },
      'staff member',
    )
    if (!member) throw notFound('staff member')
    if (languages.join() === member.languages.join()) return
    await tx.staff.update({ where: { id: staffId }, data: { languages } })
    const subject = `staff:${staffId}` as const
    await recordEvent(tx, actor, { subject, kind: 'staff.languages-chosen', carrierId, data: { languages } })
  })
}
