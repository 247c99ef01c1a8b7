import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { system } from '@/domain/actor'
import { addPasskey } from '@/domain/identity/add-passkey'
import { beginPasskey } from '@/domain/identity/begin-passkey'
import { beginPasskeyProof } from '@/domain/identity/begin-passkey-proof'
import { beginPasskeySignIn } from '@/domain/identity/begin-passkey-sign-in'
import { listPasskeys } from '@/domain/identity/list-passkeys'
import { proveByPasskey } from '@/domain/identity/prove-by-passkey'
import { renamePasskey } from '@/domain/identity/rename-passkey'
import { revokePasskey } from '@/domain/identity/revoke-passkey'
import { signInByPasskey } from '@/domain/identity/sign-in-by-passkey'
import { reader, transaction } from '@/domain/transaction'
import { ceremony, PasskeyWorld, type Person } from '@/test/domain/identity/passkey-world'
import { Device, passkeysAt, site, toldOtherwise } from '@/test/support/software-device'

let world: PasskeyWorld
beforeAll(async () => {
  world = await PasskeyWorld.begin()
})
afterAll(() => world?.end())

const signIn = system('sign-in')
const options = () => beginPasskeySignIn(signIn, ceremony)
const use = (answer: string, at = ceremony) => signInByPasskey(signIn, at, { answer, browser: null })
const refused = (code = 'passkey-refused') => expect.objectContaining({ name: 'Refusal', code })

describe('signing in', () => {
  let ada: Person
  beforeAll(async () => {
    ada = await world.person()
  })

  it('opens a session of the staff member, proved now', async () => {
    const session = await world.session(await world.signIn(ada))
    expect(session).toMatchObject({ staffId: ada.actor.staffId, subscriberId: null, method: 'passkey' })
    expect(Date.now() - session!.provedAt!.getTime()).toBeLessThan(5_000)
  })

  it('takes a challenge once, however many answer at the same moment', async () => {
    const answer = ada.device.sign(await options())
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => use(answer)))
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(use(answer)).rejects.toEqual(refused('passkey-late'))
  })

  it('uses the challenge up even where the answer is refused', async () => {
    const asked = await options()
    await expect(use(ada.device.sign(asked, { origin: 'https://portal.example.evil.example' }))).rejects.toEqual(
      refused(),
    )
    await expect(use(ada.device.sign(asked))).rejects.toEqual(refused('passkey-late'))
  })

  it('refuses a challenge that was made for something else, and one that ran out', async () => {
    const proof = ada.device.sign(await beginPasskeyProof(ada.actor, ceremony))
    await expect(use(proof)).rejects.toEqual(refused('passkey-late'))
    const late = ada.device.sign(await options())
    await transaction('every-carrier', tx => tx.passkeyChallenge.updateMany({ data: { expires: new Date() } }))
    await expect(use(late)).rejects.toEqual(refused('passkey-late'))
    const forged = JSON.stringify({
      ...JSON.parse(await options()),
      challenge: Buffer.alloc(32, 1).toString('base64url'),
    })
    await expect(use(ada.device.sign(forged))).rejects.toEqual(refused('passkey-late'))
  })

  it.each([
    ['another scheme', { origin: 'http://portal.example' }],
    ['another port', { origin: 'https://portal.example:8443' }],
    ['a longer host', { origin: 'https://portal.example.evil.example' }],
    ['nothing', { origin: 'null' }],
  ])('refuses the origin of %s', async (_what, elsewhere) => {
    await expect(use(ada.device.sign(await options(), elsewhere))).rejects.toEqual(refused())
  })

  it('refuses a signature for another site', async () => {
    const elsewhere = JSON.stringify({ ...JSON.parse(await options()), rpId: 'evil.example' })
    await expect(use(ada.device.sign(elsewhere))).rejects.toEqual(refused())
  })

  it('refuses what another key signed, what nobody enrolled, and what is no answer', async () => {
    const bob = await world.person()
    const answer = JSON.parse(bob.device.sign(await options()))
    const [key] = ada.device.keys
    const swapped = { ...answer, id: key!.credentialId, rawId: key!.credentialId }
    await expect(use(JSON.stringify(swapped))).rejects.toEqual(refused())

    const stranger = new Device()
    stranger.create(await beginPasskey(ada.actor, ceremony))
    await expect(use(stranger.sign(await options()))).rejects.toEqual(refused())
    for (const nonsense of ['', 'null', '[]', '{', '{"id":"a"}', '{"id":"é","response":{"clientDataJSON":"e30"}}'])
      await expect(use(nonsense)).rejects.toEqual(refused())
  })

  it('refuses a key that says it is somebody else’s', async () => {
    const bob = await world.person()
    const key = { ...ada.device.keys[0]!, userHandle: bob.device.keys[0]!.userHandle }
    await expect(use(ada.device.sign(await options(), { key }))).rejects.toEqual(refused())
  })

  it('refuses a counter that goes back or stands still', async () => {
    const carla = await world.person()
    await world.signIn(carla, 5)
    for (const counter of [5, 4, 0]) {
      await expect(use(carla.device.sign(await options(), { counter }))).rejects.toEqual(refused())
    }
    await world.signIn(carla, 6)
    const { counter } = await reader('every-carrier').passkey.findFirstOrThrow({
      where: { staffId: carla.actor.staffId },
    })
    expect(counter).toBe(6n)
  })

  it.each([
    ['whose person was not verified', { without: 0x04 }],
    ['for which nobody was there', { without: 0x01 }],
    ['given in another site’s frame', { client: { crossOrigin: true } }],
    ['given in a frame of a site that is named', { client: { crossOrigin: true, topOrigin: 'https://evil.example' } }],
    ['that was given to make a key', { client: { type: 'webauthn.create' } }],
  ])('refuses an answer %s, however well it is signed, to sign in, to prove and to enrol', async (_what, told) => {
    const key = ada.device.keys[0]!
    const otherwise = (asked: string, change: object = told) => toldOtherwise(ada.device.sign(asked), key, change)
    await expect(use(otherwise(await options()))).rejects.toEqual(refused())
    const prove = (answer: string) => proveByPasskey(ada.actor, ceremony, { sessionId: ada.sessionId, answer })
    await expect(prove(otherwise(await beginPasskeyProof(ada.actor, ceremony)))).rejects.toEqual(refused())
    const device = new Device()
    const made = device.create(await beginPasskey(ada.actor, ceremony))
    // What says that it was given to make a key is right there: the other type is not.
    const change = 'client' in told && 'type' in told.client ? { client: { type: 'webauthn.get' } } : told
    const answer = toldOtherwise(made, device.keys[0]!, change)
    const added = addPasskey(ada.actor, ceremony, { sessionId: ada.sessionId, name: 'Key', answer })
    await expect(added).rejects.toEqual(refused())
    // The same without the change is taken: nothing else was wrong with it.
    await expect(use(otherwise(await options(), {}))).resolves.toBeDefined()
  })

  it('takes the demonstration’s keys in the demonstration alone', async () => {
    const dora = await world.person()
    const id = { staffId: dora.actor.staffId }
    await transaction('every-carrier', tx => tx.passkey.updateMany({ where: id, data: { isSoftware: true } }))
    await expect(use(dora.device.sign(await options()))).rejects.toEqual(refused())
    await expect(use(dora.device.sign(await options()), passkeysAt({ acceptsSoftware: true }))).resolves.toBeDefined()
  })

  it('lets nobody in who has left', async () => {
    const eve = await world.person()
    const id = eve.actor.staffId
    await transaction('every-carrier', tx => tx.staff.update({ where: { id }, data: { leftAt: new Date() } }))
    await expect(use(eve.device.sign(await options()))).rejects.toEqual(refused())
  })
})

describe('proving again', () => {
  it('freshens this session alone, by one’s own key alone', async () => {
    const [ada, bob] = [await world.person(), await world.person()]
    const long = new Date(Date.now() - 3_600_000)
    await transaction('every-carrier', tx => tx.signInSession.updateMany({ data: { provedAt: long } }))
    const other = await world.signIn(bob)
    const prove = (answer: string, sessionId = ada.sessionId) =>
      proveByPasskey(ada.actor, ceremony, { sessionId, answer })

    const byBob = bob.device.sign(await beginPasskeyProof(ada.actor, ceremony))
    await expect(prove(byBob)).rejects.toEqual(refused())
    const forBob = ada.device.sign(await beginPasskeyProof(ada.actor, ceremony))
    await expect(prove(forBob, (await world.session(other))!.id)).rejects.toEqual(refused('not-found'))
    expect((await world.session(ada.token))!.provedAt).toEqual(long)

    const { token } = await prove(ada.device.sign(await beginPasskeyProof(ada.actor, ceremony)))
    expect(await world.session(ada.token)).toBeNull()
    expect(Date.now() - (await world.session(token!))!.provedAt!.getTime()).toBeLessThan(5_000)
    expect((await world.session(bob.token))!.provedAt).toEqual(long)
  })
})

describe('proving again at the same moment', () => {
  it('gives the session one other token, and signs nobody out', async () => {
    const ada = await world.person()
    const { digest: seen } = (await world.session(ada.token))!
    const answers: string[] = []
    for (let n = 0; n < 4; n++) answers.push(ada.device.sign(await beginPasskeyProof(ada.actor, ceremony)))
    const proofs = await Promise.all(
      answers.map(answer => proveByPasskey(ada.actor, ceremony, { sessionId: ada.sessionId, seen, answer })),
    )
    const given = proofs.flatMap(({ token }) => token ?? [])
    expect(given).toHaveLength(1)
    expect((await world.session(given[0]!))?.id).toBe(ada.sessionId)
    expect(await world.session(ada.token)).toBeNull()
  })
})

describe('one’s own passkeys', () => {
  const add = async ({ actor, device, sessionId }: Person, name = 'Key', more = {}) =>
    addPasskey(actor, ceremony, { sessionId, name, answer: device.create(await beginPasskey(actor, ceremony), more) })

  it('are several, and each signs in', async () => {
    const ada = await world.person()
    await add(ada, 'Blue key')
    for (const key of ada.device.keys) {
      const answer = ada.device.sign(await options(), { key })
      expect((await world.session((await use(answer)).token))?.staffId).toBe(ada.actor.staffId)
    }
    expect((await listPasskeys(ada.actor)).map(({ name }) => name)).toEqual(['Laptop', 'Blue key'])
  })

  it('are added with a fresh proof, for the session that asked, and end all others', async () => {
    const ada = await world.person()
    const stale = { ...ada, actor: { ...ada.actor, provedAt: new Date(Date.now() - 301_000) } }
    await expect(add(stale)).rejects.toEqual(refused('needs-proof'))
    const other = await world.signIn(ada)
    await add(ada)
    expect(await world.session(other)).toBeNull()
    expect(await world.session(ada.token)).not.toBeNull()
  })

  it('are added by nobody for another: a challenge is one person’s', async () => {
    const [ada, bob] = [await world.person(), await world.person()]
    const answer = bob.device.create(await beginPasskey(bob.actor, ceremony))
    const adding = addPasskey(ada.actor, ceremony, { sessionId: ada.sessionId, name: 'Key', answer })
    await expect(adding).rejects.toEqual(refused('passkey-late'))
    expect(await listPasskeys(ada.actor)).toHaveLength(1)
  })

  it('are enrolled once: the same key again is refused', async () => {
    const [ada, bob] = [await world.person(), await world.person()]
    const asked = JSON.parse(await beginPasskey(ada.actor, ceremony))
    const answer = ada.device.create(JSON.stringify(asked))
    await addPasskey(ada.actor, ceremony, { sessionId: ada.sessionId, name: 'Key', answer })
    // Whoever saw the answer cannot enrol the key as theirs.
    const again = addPasskey(bob.actor, ceremony, { sessionId: bob.sessionId, name: 'Key', answer })
    await expect(again).rejects.toEqual(refused('passkey-late'))
  })

  it('are not the demonstration’s, nor made for another site', async () => {
    const ada = await world.person()
    const maker = Buffer.from('HomewardSoftware', 'ascii')
    await expect(add(ada, 'Key', { maker })).rejects.toEqual(refused())
    await expect(add(ada, 'Key', { origin: 'https://evil.example' })).rejects.toEqual(refused())
    const elsewhere = passkeysAt({ ...site, rpId: 'evil.example' })
    const answer = ada.device.create(await beginPasskey(ada.actor, elsewhere))
    const adding = addPasskey(ada.actor, ceremony, { sessionId: ada.sessionId, name: 'Key', answer })
    await expect(adding).rejects.toEqual(refused())
  })

  it('are renamed and revoked by their owner alone', async () => {
    const [ada, bob] = [await world.person(), await world.person()]
    await add(ada)
    const [first, second] = await listPasskeys(ada.actor)
    const [passkeyId, sessionId] = [first!.id, bob.sessionId]
    await expect(renamePasskey(bob.actor, { passkeyId, name: 'Mine' })).rejects.toEqual(refused('not-found'))
    await expect(revokePasskey(bob.actor, { passkeyId, sessionId })).rejects.toEqual(refused('not-found'))
    await renamePasskey(ada.actor, { passkeyId, name: ' Old laptop ' })
    expect((await listPasskeys(ada.actor))[0]!.name).toBe('Old laptop')

    const other = await world.signIn(ada)
    await revokePasskey(ada.actor, { passkeyId, sessionId: ada.sessionId })
    expect(await world.session(other)).toBeNull()
    await expect(use(ada.device.sign(await options(), { key: ada.device.keys[0]! }))).rejects.toEqual(refused())
    await expect(revokePasskey(ada.actor, { passkeyId: second!.id, sessionId: ada.sessionId })).rejects.toEqual(
      refused('passkey-last'),
    )
  })

  it('leave staff one, even where the last two are revoked at the same moment', async () => {
    const ada = await world.person()
    await add(ada)
    const keys = await listPasskeys(ada.actor)
    const revoking = keys.map(({ id }) => revokePasskey(ada.actor, { passkeyId: id, sessionId: ada.sessionId }))
    const settled = await Promise.allSettled(revoking)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await listPasskeys(ada.actor)).toHaveLength(1)
  })
})
