import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { openLogs } from '@/gateways/log'
import { scrubMessage } from '@/gateways/log-scrub'

function record(write: (log: ReturnType<ReturnType<typeof openLogs>>) => void, level?: string) {
  const lines: string[] = []
  write(openLogs({ write: line => void lines.push(line) }, level)('test'))
  return { lines: lines.map(line => JSON.parse(line) as Record<string, unknown>), text: lines.join('') }
}

describe('the log', () => {
  it('says what happened, where and when, as one line of JSON', () => {
    const { lines } = record(log => log.info({ requestId: '0192', contacts: 12, records: 3 }, 'The run has begun.'))
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        pid: process.pid,
        part: 'test',
        requestId: '0192',
        contacts: 12,
        records: 3,
        msg: 'The run has begun.',
      },
    ])
  })

  it('takes out personal fields at any depth, however they are spelled', () => {
    const { text } = record(log =>
      log.warn({
        email: 'ana@example.com',
        recovery_phone: 12065550123,
        device: { password: 'hunter2', list: [{ displayName: 'Ana Lima', href: '/ana/contacts/1.vcf' }] },
        headers: { authorization: 'Basic YW5hOmh1bnRlcjI=' },
        bytes: Buffer.from('Ana Lima'),
        sessionToken: 'hunter2',
      }),
    )
    expect(text).not.toMatch(/ana|lima|hunter2|2065550123|YW5h/i)
    expect(text).toContain('"bytes":"[8 bytes]"')
  })

  it.each([
    ['mail to ana@example.com failed', 'mail to [mail] failed'],
    ['mail to ana＠example.com failed', 'mail to [mail] failed'],
    ['called +1 206 555 0123 twice', 'called [phone] twice'],
    ['called (206) 555-0123', 'called [phone]'],
    ['called 2065550123', 'called [phone]'],
    ['GET https://ana:hunter2@dav.example/ana/1.vcf?token=x failed', 'GET https://dav.example/… failed'],
    ['connect postgres://homeward:hunter2@db.example/homeward', 'connect postgres://db.example/homeward'],
    ['sent Authorization: Bearer abc.def-123', 'sent Authorization: Bearer [removed]'],
    ['bad card BEGIN:VCARD\nFN:Ana\nEND:VCARD', 'bad card [content]'],
    ['account file:///srv/devices/ana', 'account [path]'],
    ['task 0192f0c1-5b7e-7cc3-98c4-dc0c0c07398f at 2026-11-22T01:02:03Z', null],
  ])('%s', (text, scrubbed) => {
    const { lines } = record(log => log.info({ detail: text }, text))
    expect(lines[0]).toMatchObject({ msg: scrubbed ?? text, detail: scrubbed ?? text })
  })

  it('shows of an error its type, code and place, and of its message no values', () => {
    const broken = Object.assign(new Error("ENOENT: no such file, open '/srv/ana/contacts.vcf'"), {
      code: 'ENOENT',
      path: '/srv/ana/contacts.vcf',
      response: { body: 'Ana Lima' },
      cause: new TypeError('unexpected "Ana Lima" in line'),
    })
    const { text, lines } = record(log => {
      log.error(broken)
      log.error({ err: broken }, 'The batch cannot be read.')
      log.error({ err: broken })
    })
    expect(text).not.toMatch(/ana lima|\/srv\/ana/i)
    expect(lines[1]).toMatchObject({
      msg: 'The batch cannot be read.',
      err: {
        type: 'Error',
        code: 'ENOENT',
        message: 'ENOENT: no such file, open [path]',
        cause: { type: 'TypeError' },
      },
    })
    expect(lines[0]?.msg).toBe('ENOENT: no such file, open [path]')
    expect(JSON.stringify(lines[0]?.err)).toContain('log.test.ts')
  })

  it.each([
    'Raw query failed. Code: `23505`. Message: `Key (name)=(Cassia Quillfeather) already exists.`',
    'Raw query failed. Code: `23502`. Message: `Failing row contains (1, Cassia Quillfeather, null).`',
    'duplicate key value violates unique constraint "x"\nKey (name, id)=(Cassia (Quillfeather), 1) already exists.',
    'new row violates check constraint "y"\nFailing row contains (1, Cassia Quillfeather).',
    'invalid input syntax for type uuid: "Cassia Quillfeather"',
    'This is none: “Cassia Quillfeather”',
  ])('takes the row out of what the database says of it: %s', message => {
    expect(scrubMessage(`Invalid invocation:\n\n${message}`)).not.toMatch(/Quillfeather/)
  })

  it('leaves out the arguments that Prisma repeats between the first and the last line', () => {
    const message =
      "\nInvalid `db.subscriber.create()` invocation:\n\n{ data: { name: 'Ana' } }\n\nArgument `id` is missing."
    const { lines } = record(log => log.error(new Error(message)))
    expect(lines[0]?.msg).toBe('Invalid `db.subscriber.create()` invocation: … Argument `id` is missing.')
  })

  it('never prints arguments into the text', () => {
    const { text } = record(log => log.info('Welcome %s', 'Ana Lima'))
    expect(text).not.toContain('Ana')
  })

  it('cuts what is long and survives what refers to itself', () => {
    const loop: Record<string, unknown> = {}
    loop.again = loop
    const { text } = record(log => log.info({ loop, long: 'x '.repeat(100_000) }, 'Round'))
    expect(text.length).toBeLessThan(2_000)
  })

  it('writes from the level on that it was given, and any other word means info', () => {
    const count = (level: string) =>
      record(log => {
        log.debug('d')
        log.info('i')
        log.error('e')
      }, level).lines.length
    expect([count('silent'), count('error'), count('debug'), count('loud'), count('')]).toEqual([0, 1, 3, 2, 2])
  })

  it('goes to standard error, all of it before the process ends', () => {
    const script = "import { logger } from '@/gateways/log'; logger('cli').error('Refused.'); process.exit(1)"
    const run = () =>
      execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        env: { ...process.env, LOG_LEVEL: 'info' },
        stdio: 'pipe',
      })
    expect(run).toThrow(expect.objectContaining({ stdout: Buffer.from(''), stderr: expect.anything() }))
    try {
      run()
    } catch (error) {
      expect(String((error as { stderr: Buffer }).stderr)).toContain('"msg":"Refused."')
    }
  })
})
