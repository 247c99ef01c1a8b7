import type { z } from 'zod'
import { badInput } from '@/domain/errors'

/** Reads an input whose schema says each trouble as a code; the first becomes a refusal with that code at its field. */
export function readCoded<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const { path, message } = parsed.error.issues[0]!
  const code = /^[a-z][a-z-]+$/.test(message) ? message : 'bad-input'
  throw badInput(String(path[0] ?? 'input'), code, 'What was entered cannot be read.')
}
