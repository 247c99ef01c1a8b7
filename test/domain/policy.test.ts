import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Actor, anonymous, type Role, staffRoles, system } from '@/domain/actor'
import { Refusal } from '@/domain/errors'
import {
  authorize,
  authorizeEver,
  may,
  mayEver,
  type PolicyObject,
  type PolicyVerb,
  requireFreshProof,
  scope,
} from '@/domain/policy'
import { policy } from '@/domain/policy-table'

/**
 * Who may do what, said a second time: whoever changes a row of the policy table changes it here too, knowingly.
 * Columns: anonymous, subscriber | a carrier's staff | the installation's own staff | system; staff in the order of `staffRoles`:
 * support agent, support lead, carrier author, carrier approver, incident manager, administrator, auditor.
 */
const expected: Record<PolicyVerb, string> = {
  'incident.console': '       - - | - - - - C C C | - - - - A A A | A',
  'incident.manage': '        - - | - - - - C - - | - - - - A - - | A',
  'wave.decide': '            - - | - - - - C C - | - - - - A A - | -',
  'component.manage': '       - - | - - - - C C - | - - - - A A - | A',
  'status.publish': '         - - | - - - - - - - | - - - - - - - | A',
  'notice.read': '            - - | - - C C - C C | - - E E - E E | A',
  'notice.write': '           - - | - - C C - - - | - - E E - - - | A',
  'notice.decide': '          - - | - - - C - - - | - - - E - - - | A',
  'delivery.read': '          - - | - - C C C C C | - - E E A A A | A',
  'delivery.retry': '         - - | - - - C C C - | - - - E A A - | A',
  'suppression.manage': '     - - | - - - C - C - | - - - E - A - | A',
  'subscription.make': '      A A | C C C C C C C | A A A A A A A | A',
  'subscription.manage': '    - - | - - - - - C - | - - - - - A - | A',

  'subscriber.read': '        - O | C C - - - C C | E E - - - A A | A',
  'subscriber.choose-language': '- O | - - - - - - - | - - - - - - - | A',
  'subscriber.add': '         - - | - - - - - C - | - - - - - A - | A',
  'carrier.add': '            - - | - - - - - C - | - - - - - A - | A',
  'staff.add': '              - - | - - - - - C - | - - - - - A - | A',
  'staff.invite': '           - - | - - - - - C - | - - - - - A - | A',
  'staff.change': '           - - | - - - - - C - | - - - - - A - | A',
  'staff.recover': '          - - | - - - - - C - | - - - - - A - | -',
  'staff.list': '             - - | - - - - - C C | - - - - - A A | A',
  'mailbox.read': '           - - | - - - - - - - | - - - - - - - | A',

  'session.open': '           - - | - - - - - - - | - - - - - - - | A',
  'session.manage': '         - O | S S S S S S S | S S S S S S S | -',
  'passkey.manage': '         - O | S S S S S S S | S S S S S S S | -',

  'holding.list': '           - O | C C - - - C C | E E - - - E E | A',
  'overview.read': '          - O | - - - - - - - | - - - - - - - | -',
  'record.read': '            - O | - - - - - - - | - - - - - - - | A',
  'record.download': '        - O | - - - - - - - | - - - - - - - | -',
  'content.view': '           - - | C C - - - - - | E E - - - - - | -',
  'content-view.list': '      - - | - C - - - C C | - E - - - E E | A',
  'figures.read': '- - | - C - - - C C | - E - - - E E | A',
  'dashboard.read': '- - | - - C C - C C | - - E E - E E | A',
  'figures.count': '- - | - - - - - - - | - - - - - - - | A',

  'account.list': '           - O | C C - - - - - | E E - - - - - | A',
  'account.add': '            - O | - - - - - - - | - - - - - - - | A',
  'account.inspect': '        - O | - - - - - - - | - - - - - - - | A',
  'account.renew-password': ' - O | - - - - - - - | - - - - - - - | A',

  'code.use': '               - O | - - - - - - - | - - - - - - - | -',
  'content.ask': '            - O | - - - - - - - | - - - - - - - | -',
  'security.read': '          - O | - - - - - - - | - - - - - - - | A',
  'hold.read': '              - O | C C - - - C C | E E - - - E E | A',
  'restores.lock': '          - O | - - - - - - - | - - - - - - - | A',
  'freeze.make': '            - O | - - - - - - - | - - - - - - - | A',
  'freeze.list': '            - - | C C - - - C C | E E - - - E E | A',
  'freeze.end': '             - - | C C - - - - - | E E - - - - - | A',
  'address.change': '         - - | - - - - - C - | - - - - - A - | A',

  'request.file': '           - O | - - - - - - - | - - - - - - - | A',
  'request.list': '           - O | - - - - - - - | - - - - - - - | -',
  'request.read': '           - O | C C - - - C C | E E - - - E E | A',
  'queue.read': '             - - | C C - - - C C | E E - - - E E | A',
  'ticket.take': '            - - | C C - - - - - | E E - - - - - | -',
  'ticket.take-over': '       - - | - C - - - - - | - E - - - - - | -',
  'ticket.open': '            - O | - - - - - - - | - - - - - - - | A',
  'ticket.list': '            - O | - - - - - - - | - - - - - - - | -',
  'ticket.read': '            - O | C C - - - - C | E E - - - - E | A',
  'ticket.history': '         - - | C C - - - - C | E E - - - - E | A',
  'ticket.reply': '           - O | - - - - - - - | - - - - - - - | A',
  'restore.answer': '         - O | - - - - - - - | - - - - - - - | -',
  'restore.ask-after': '      - - | - - - - - - - | - - - - - - - | A',
  'ticket.rate': '            - O | - - - - - - - | - - - - - - - | -',
  'ticket.answer': '          - - | C C - - - - - | E E - - - - - | -',
  'ticket.note': '            - - | C C - - - - - | E E - - - - - | -',
  'ticket.change': '          - - | C C - - - - - | E E - - - - - | -',
  'ticket.merge': '           - - | C C - - - - - | E E - - - - - | -',
  'ticket.watch': '           - - | C C - - - - - | E E - - - - - | -',
  'ticket.hold': '            - - | C C - - - - - | E E - - - - - | -',
  'ticket.escalate': '        - - | C C - - - - - | E E - - - - - | -',
  'ticket.settle': '          - - | - C - - - - - | - E - - - - - | -',
  'entry.remove': '           - - | - C - - - - - | - E - - - - - | -',
  'macro.use': '              - - | C C - - - - - | A A - - - - - | -',
  'macro.manage': '           - - | - C - - - - - | - A - - - - - | -',
  'presence.note': '          - - | C C - - - C C | E E - - - E E | -',
  'working.choose': '         - - | S S - - - S S | S S - - - S S | -',
  'staff.choose-languages': ' - - | S S - - - C - | S S - - - A - | -',
  'ticket.link': '            - - | C C - - - - - | E E - - - - - | -',
  'mass.read': '              - - | C C - - C C C | A A - - A A A | A',
  'mass.reply': '             - - | C C - - C - - | A A - - A - - | -',
  'mass.act': '               - - | C C - - - - - | A A - - - - - | -',
  'mass.advance': '           - - | - - - - - - - | - - - - - - - | A',
  'ticket.tag': '             - - | C C - - - - - | E E - - - - - | -',
  'queue-view.save': '        - - | S S - - - - - | S S - - - - - | -',
  'queue-view.share': '       - - | - S - - - - - | - S - - - - - | -',
  'mail.receive': '           - - | - - - - - - - | - - - - - - - | A',
  'mail-aside.settle': '      - - | C C - - - - - | E E - - - - - | -',
  'mail-aside.list': '        - - | C C - - - C C | E E - - - E E | A',
  'subscriber.file-for': '    - - | C C - - - - - | E E - - - - - | -',
  'request.split': '          - - | C C - - - - - | E E - - - - - | -',
  'request.approve': '        - - | C C - - - - - | E E - - - - - | A',
  'request.decline': '        - - | C C - - - - - | E E - - - - - | A',
  'request.resume': '         - O | C C - - - C - | E E - - - E - | A',
  'request.undo': '           - O | - - - - - - - | - - - - - - - | A',
  'report.read': '            - O | - - - - - - - | - - - - - - - | A',
  'timeline.read': '          - O | C C - - - - C | E E - - - - E | A',

  'decision.read': '          - - | C C - - - C C | A A - - - A A | A',
  'decision.ask': '           - - | C C - - - - - | A A - - - - - | -',
  'decision.decide': '        - - | C C - - - - - | A A - - - - - | -',
  'decision.expire': '        - - | - - - - - - - | - - - - - - - | A',
  'crossing.read': '          - O | - - - - - - - | - - - - - - - | -',
  'crossing.consent': '       - O | - - - - - - - | - - - - - - - | -',
  'crossing.undo': '          - O | C C - - - - - | E E - - - - - | -',
  'crossing.expire': '        - - | - - - - - - - | - - - - - - - | A',
  'rule.read': '              - - | C C - - - C C | A A - - - A A | A',
  'rule.write': '             - - | - C - - - - - | - A - - - - - | -',
  'rule.activate': '          - - | - C - - - - - | - A - - - - - | -',
  'rule.run': '               - - | - - - - - - - | - - - - - - - | A',

  'compensation.read-rules': '- - | - - - - - C C | - - - - - E E | A',
  'compensation.write': '     - - | - - - - - C - | - - - - - E - | -',
  'compensation.activate': '  - - | - - - - - C - | - - - - - E - | -',
  'compensation.withdraw': '  - - | - - - - - C - | - - - - - E - | -',
  'compensation.run': '       - - | - - - - - - - | - - - - - - - | A',
  'compensation.read': '      - O | C C - - - C C | E E - - - E E | A',
  'compensation.show': '      - O | - - - - - - - | - - - - - - - | -',
  'compensation.count': '     - - | - - C C - C C | - - E E - E E | A',
  'compensation.export': '    - - | - - - - - C - | - - - - - E - | -',

  'batch.list': '             - - | - - - - - C C | - - - - - A A | A',
  'batch.read': '             - - | - - - - - C C | - - - - - A A | A',
  'batch.look': '             - - | - - - - - C - | - - - - - A - | A',
  'batch.intake': '           - - | - - - - - - - | - - - - - - - | A',
  'batch.decide': '           - - | - - - - - C - | - - - - - A - | -',

  'token.list': '             - - | - - - - - C C | - - - - - A A | A',
  'token.manage': '           - - | - - - - - C - | - - - - - A - | A',
  // A program's: test/domain/access/token-scopes.test.ts.
  'request.count': '          - - | - - - - - - - | - - - - - - - | A',
  'holding.count': '          - - | - - - - - - - | - - - - - - - | A',
  'request.follow': '         - - | - - - - - - - | - - - - - - - | A',
  'ticket.follow': '          - - | - - - - - - - | - - - - - - - | A',
  'request.file-for': '       - - | - - - - - - - | - - - - - - - | A',
  'ticket.file': '            - - | - - - - - - - | - - - - - - - | A',
  'ticket.add-entry': '       - - | - - - - - - - | - - - - - - - | A',
  'ticket.move': '            - - | - - - - - - - | - - - - - - - | A',
  'endpoint.manage': '        - - | - - - - - - - | - - - - - - - | -',
  'key.rotate': '             - - | - - - - - - - | - - - - - - - | A',

  'chain.verify': '           - - | - - - - - - C | - - - - - - A | A',
  'root.publish': '           - - | - - - - - - - | - - - - - - - | A',
  'evidence.export': '        - - | - - - - - - C | - - - - - - E | A',

  'retention.read': '         - - | - - - - - C C | - - - - - A A | A',
  'service.read': '           - - | - C - - - C C | - E - - - E E | A',
  'service.manage': '         - - | - - - - - C - | - - - - - E - | A',
  'service.watch': '          - - | - - - - - - - | - - - - - - - | A',
  'purge.run': '              - - | - - - - - - - | - - - - - - - | A',
  'legal-hold.read': '        - - | - - - - - C C | - - - - - A A | A',
  'legal-hold.place': '       - - | - - - - - C - | - - - - - A - | A',
  'legal-hold.end': '         - - | - - - - - C - | - - - - - A - | -',
  'erasure.read': '           - O | - - - - - C C | - - - - - A A | A',
  'erasure.ask': '            - O | - - - - - C - | - - - - - A - | A',
  'erasure.decide': '         - - | - - - - - C - | - - - - - A - | -',
  'erasure.withdraw': '       - O | - - - - - C - | - - - - - A - | -',
  'erasure.run': '            - - | - - - - - - - | - - - - - - - | A',

  'task.list': '              - - | - - - - - C C | - - - - - A A | A',
  'task.retry': '             - - | - - - - - C - | - - - - - A - | A',
  'mail.read-sent': '         A A | C C C C C C C | A A A A A A A | A',
}

const objects = {
  own: { carrierId: 'harbor', subscriberId: 'ada' },
  'same carrier': { carrierId: 'harbor', subscriberId: 'bo' },
  'other carrier': { carrierId: 'boreal', subscriberId: 'cy' },
  nobody: { carrierId: null, subscriberId: null },
} satisfies Record<string, PolicyObject>
type Whose = keyof typeof objects
type Answer = 'yes' | 'not-found' | 'not-allowed'

/** Own, their carrier's, every carrier's, all there is. For staff "own" is one more subscriber of their carrier. */
const answers: Record<string, Record<Whose, Answer>> = {
  '-': { own: 'not-allowed', 'same carrier': 'not-allowed', 'other carrier': 'not-allowed', nobody: 'not-allowed' },
  O: { own: 'yes', 'same carrier': 'not-found', 'other carrier': 'not-found', nobody: 'not-found' },
  C: { own: 'yes', 'same carrier': 'yes', 'other carrier': 'not-found', nobody: 'not-found' },
  E: { own: 'yes', 'same carrier': 'yes', 'other carrier': 'yes', nobody: 'not-found' },
  /** Their own: none of these objects is a staff member's. */
  S: { own: 'not-found', 'same carrier': 'not-found', 'other carrier': 'not-found', nobody: 'not-found' },
  A: { own: 'yes', 'same carrier': 'yes', 'other carrier': 'yes', nobody: 'yes' },
}

const provedAt = new Date()
const staff = (carrierId: string | null) =>
  staffRoles.map((role): [string, Actor] => [
    `${role} of ${carrierId ?? 'the installation'}`,
    { role, staffId: role, carrierId, provedAt },
  ])
const actors: [string, Actor][] = [
  ['anonymous', anonymous],
  ['subscriber', { role: 'subscriber', subscriberId: 'ada', carrierId: 'harbor', provedAt }],
  ...staff('harbor'),
  ...staff(null),
  ['system', system('test')],
]

const cells = (verb: PolicyVerb): string[] => expected[verb].replaceAll('|', ' ').trim().split(/\s+/)

function askedFor(actor: Actor, verb: PolicyVerb, object: PolicyObject): Answer {
  try {
    authorize(actor, verb, object, 'thing')
    return 'yes'
  } catch (error) {
    if (error instanceof Refusal && (error.kind === 'not-found' || error.kind === 'not-allowed')) return error.kind
    throw error
  }
}

const verbs = Object.keys(policy) as PolicyVerb[]

it('says of every verb who may do it, and of no other', () => {
  expect(Object.keys(expected).sort()).toEqual([...verbs].sort())
  for (const verb of verbs) expect(cells(verb), verb).toHaveLength(actors.length)
})

it('has no row that nobody asks for', async () => {
  const files = await Promise.all(
    ['domain', 'app', 'workers'].map(async folder =>
      (await readdir(folder, { recursive: true })).filter(name => /\.tsx?$/.test(name)).map(name => join(folder, name)),
    ),
  )
  const asking = files.flat().filter(file => file !== join('domain', 'policy.ts'))
  const texts = await Promise.all(asking.map(file => readFile(file, 'utf8')))
  expect(verbs.filter(verb => !texts.some(text => text.includes(`'${verb}'`)))).toEqual([])
})

describe.each(verbs)('%s', verb => {
  it.each(actors.map(([name, actor], column) => [name, actor, cells(verb)[column]!] as const))(
    'as %s',
    (_name, actor, cell) => {
      for (const whose of Object.keys(objects) as Whose[]) {
        const answer = answers[cell]![whose]
        expect([whose, askedFor(actor, verb, objects[whose])]).toEqual([whose, answer])
        expect(may(actor, verb, objects[whose])).toBe(answer === 'yes')
      }
      expect(mayEver(actor, verb)).toBe(cell !== '-')

      // What is about no object is for those alone whose right ends at no carrier and no person.
      if (cell === 'A') expect(() => authorizeEver(actor, verb)).not.toThrow()
      else expect(() => authorizeEver(actor, verb)).toThrow(expect.objectContaining({ kind: 'not-allowed' }))

      // A finder's condition lets through no more than the table allows.
      if (cell === '-' || cell === 'S')
        expect(() => scope(actor, verb)).toThrow(expect.objectContaining({ kind: 'not-allowed' }))
      else if (cell === 'A' || cell === 'E') expect(scope(actor, verb)).toEqual({})
      else if (actor.role === 'subscriber')
        expect(scope(actor, verb)).toEqual({ carrierId: 'harbor', subscriberId: 'ada' })
      else expect(scope(actor, verb)).toEqual({ carrierId: 'harbor' })
    },
  )
})

it('tells nobody whether what is not theirs exists', () => {
  const agent: Actor = { role: 'support_agent', staffId: 's', carrierId: 'harbor', provedAt }
  const refusals = (['other carrier', 'nobody'] as const).map(whose => {
    try {
      return authorize(agent, 'request.approve', objects[whose], 'request')
    } catch (error) {
      const { kind, code, detail, field } = error as Refusal
      return { kind, code, detail, field }
    }
  })
  expect(refusals[0]).toEqual({
    kind: 'not-found',
    code: 'not-found',
    detail: 'There is no such request.',
    field: null,
  })
  expect(refusals[1]).toEqual(refusals[0])
})

it('says what a role may not do without naming anybody', () => {
  const author: Actor = { role: 'carrier_author', staffId: 's', carrierId: 'harbor', provedAt }
  expect(() => authorize(author, 'request.approve', objects.own, 'request')).toThrow(
    'The role carrier author has no right to request.approve.',
  )
})

describe('a fresh proof', () => {
  const now = new Date('2009-10-12T12:00:00Z')
  const proved = (secondsAgo: number): Date => new Date(now.getTime() - secondsAgo * 1000)
  const people: ((at: Date) => Actor)[] = [
    at => ({ role: 'subscriber', subscriberId: 'ada', carrierId: 'harbor', provedAt: at }),
    ...staffRoles.map(
      (role: Role & (typeof staffRoles)[number]) =>
        (at: Date): Actor => ({ role, staffId: 's', carrierId: null, provedAt: at }),
    ),
  ]

  it('is five minutes old at most, for everybody', () => {
    for (const person of people) {
      expect(() => requireFreshProof(person(proved(0)), now)).not.toThrow()
      expect(() => requireFreshProof(person(proved(300)), now)).not.toThrow()
      expect(() => requireFreshProof(person(proved(301)), now)).toThrow(
        expect.objectContaining({ kind: 'needs-proof' }),
      )
    }
  })

  it('is nothing that a mere address gives', () => {
    const shown: Actor = { role: 'subscriber', subscriberId: 'ada', carrierId: 'harbor', provedAt: null }
    expect(() => requireFreshProof(shown, now)).toThrow(expect.objectContaining({ kind: 'needs-proof' }))
  })

  it('is nothing that nobody has, and nothing that a worker needs', () => {
    expect(() => requireFreshProof(anonymous, now)).toThrow(expect.objectContaining({ kind: 'needs-proof' }))
    expect(() => requireFreshProof(system('worker'), now)).not.toThrow()
  })
})
