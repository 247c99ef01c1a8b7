import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { withFlash } from '@/app/_shell/flash'
import { formAction } from '@/app/_shell/form-action'
import { Query } from '@/app/_shell/page'
import type { Fields } from '@/app/_shell/read-fields'
import { readAnswers } from '@/app/account/restore/answers'
import { firstOpen, stepHref } from '@/app/account/restore/steps'
import { badInput, notFound, Refusal } from '@/domain/errors'
import { fileRequest } from '@/domain/restore/file-request'

const longest = 20_000

// Taken apart before anybody is asked who they are: what no page of ours writes is not read at all.
const answersOf = ({ answers }: Fields) => {
  const text = String(answers ?? '')
  const given = new URLSearchParams(text.length > longest ? '' : text)
  return readAnswers(new Query(Object.fromEntries([...new Set(given.keys())].map(name => [name, given.getAll(name)]))))
}

/** Files the request that was put together question by question; pressed twice, it files one, and for other answers none. */
export const POST = formAction('/account/restore/file', {
  input: z.object({ answers: z.string().max(longest) }),
  back: fields => stepHref('check', answersOf(fields)),
  async act({ actor }, input) {
    if (actor.role !== 'subscriber') throw notFound('subscriber')
    const answers = answersOf(input)
    const { key, take, account, rule } = answers
    // Without its key, a form that is sent twice would file two requests.
    const hasKey = new URLSearchParams(input.answers).get('key') === key
    if (!hasKey || firstOpen(answers) !== 'check' || account === null || rule === null)
      throw badInput('answers', 'answers-missing', 'A question has no answer.')
    const choices = take.flatMap(holdingId =>
      [...(answers.choices.get(holdingId) ?? [])].map(([ordinal, choice]) => ({
        holdingId,
        ordinal,
        leaveOut: choice === 'out',
        rule: choice === 'out' ? null : choice,
      })),
    )
    try {
      const { subscriberId } = actor
      const asked = { subscriberId, accountId: account, holdingIds: take, rule, choices, filingKey: key }
      const { id } = await fileRequest(actor, asked)
      return `/account/restores/${id}/filed`
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'key-used') throw error
      // Whoever went back and wants this as well says so once more, with a key of its own.
      const again = stepHref('check', { ...answers, key: randomUUID() })
      return withFlash(again, { errors: [{ field: null, code: error.code }], values: {} })
    }
  },
})
