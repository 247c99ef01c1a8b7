import type { z } from 'zod'
import { badInput } from '@/domain/errors'

/** Reads a verb's input by its schema; the first thing wrong with it becomes a refusal that names the field. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  throw badInput(issue.path.map(String).join('.') || 'input', `bad-${issue.code}`, issue.message)
}
