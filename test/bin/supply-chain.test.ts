import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { auditFindings, isBelow, knownWeak, lockedPackages, missingOf } from '@/bin/supply-chain.mjs'

const locked = { name: 'next', version: '16.4.5', integrity: 'sha512-x' }

it.each([
  ['1.2.3', '1.2.4', true],
  ['1.10.0', '1.9.0', false],
  ['1.2.3', '1.2.3', false],
  ['0.9.9-beta.2', '1.0.0', true],
])('%s is below %s: %s', (version, limit, below) => {
  expect(isBelow(version, limit)).toBe(below)
})

it('knows versions with a weakness without asking anybody', () => {
  expect(knownWeak([locked])).toEqual([])
  expect(knownWeak([{ ...locked, version: '15.2.2' }])).toEqual(['next 15.2.2 is older than 16.4.5'])
})

it('finds every package of the lock file, also one inside another', () => {
  const packages = lockedPackages(JSON.parse(readFileSync('package-lock.json', 'utf8')))
  expect(packages.length).toBeGreaterThan(300)
  expect(packages.every(({ name, version }) => name && version)).toBe(true)
  expect(knownWeak(packages)).toEqual([])
})

it('says what a bill of materials lacks', () => {
  const component = { name: 'next', version: '16.4.5', hashes: [{ alg: 'SHA-512', content: 'x' }] }
  const bill = (components: object[]) => ({ bomFormat: 'CycloneDX', components })
  expect(missingOf(bill([component]), [locked])).toEqual([])
  expect(missingOf(bill([{ ...component, version: '1.0.0' }]), [locked])).toEqual(['next@16.4.5 is missing.'])
  expect(missingOf(bill([{ ...component, hashes: [] }]), [locked])).toEqual(['next@16.4.5 has no digest.'])
  expect(missingOf({}, [locked])).toEqual(['It is not a CycloneDX document.'])
})

it('tells an audit that found nothing from one that was not answered', () => {
  const finding = (severity: string) => ({ vulnerabilities: { x: { name: 'x', severity, range: '<2' } } })
  expect(auditFindings(JSON.stringify({ vulnerabilities: {} }))).toEqual([])
  expect(auditFindings(JSON.stringify(finding('moderate')))).toEqual([])
  expect(auditFindings(JSON.stringify(finding('critical')))).toEqual(['x <2: critical'])
  for (const none of ['', 'nonsense', 'null', '{"error":{"code":"ENOTFOUND"}}', '{"message":"405"}'])
    expect(auditFindings(none)).toBeNull()
})
