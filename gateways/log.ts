import { type DestinationStream, destination, type Logger, levels, pino, stdTimeFunctions } from 'pino'
import { scrubFields, scrubMessage, scrubText } from '@/gateways/log-scrub'

/** One part's log: `log.info({ requestId }, 'The run has begun.')`. What varies goes into fields, never into the text. */
export type Log = Pick<Logger, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal'>

/**
 * Opens logs that write JSON lines to the stream, from LOG_LEVEL on ("silent", "error", "info", …; default "info").
 * Personal data never enters them: fields are scrubbed by name and by look, texts by look.
 */
export function openLogs(stream: DestinationStream, level = process.env.LOG_LEVEL): (name: string) => Log {
  const root = pino(
    {
      level: level === 'silent' || (level && level in levels.values) ? level : 'info',
      base: { pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }), log: fields => scrubFields(fields) },
      serializers: { err: scrubbed => scrubbed },
      hooks: {
        logMethod([first, second], method) {
          method.apply(this, withoutArguments(first, second))
        },
      },
    },
    stream,
  )
  return name => root.child({ part: name })
}

/** pino would take an error's message for the text, and print what follows the text into it. */
function withoutArguments(first: unknown, second: unknown): [object, string] {
  if (typeof first === 'string') return [{}, scrubText(first)]
  const fields = first instanceof Error ? { err: first } : typeof first === 'object' && first !== null ? first : {}
  const error = 'err' in fields && fields.err instanceof Error ? fields.err : null
  return [fields, typeof second === 'string' ? scrubText(second) : scrubMessage(error?.message ?? '')]
}

/** The log of a part of this process, on standard error. */
export const logger = openLogs(destination({ dest: 2, sync: true }))
