import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { environment, SettingsUnusable } from '@/gateways/env'
import { logger } from '@/gateways/log'
import { openStatusFiles } from '@/gateways/open-status-files'
import { s3Place, s3Settings } from '@/gateways/s3-form'

const keys = { S3_ACCESS_KEY_ID: 'AKIA', S3_SECRET_ACCESS_KEY: 'hush/+=' }

describe('an address', () => {
  it.each([
    ['s3://bucket', 'bucket', ''],
    ['s3://status.example.com/', 'status.example.com', ''],
    ['s3://bucket/a/b-c_1', 'bucket', 'a/b-c_1'],
    ['s3://bucket/a/', 'bucket', 'a'],
  ])('%s', (url, bucket, prefix) => {
    expect(s3Place(url)).toEqual({ bucket, prefix })
  })

  it.each([
    ...['', 's3://', 's3://ab', 's3://Bucket/a', 's3:/bucket', 'file:///bucket', 's3://bucket//a', 's3://bucket/a//b'],
    ...[
      's3://bucket/../a',
      's3://bucket/a/..',
      's3://bucket/a b',
      's3://bucket/a?b',
      `s3://bucket/${'a/'.repeat(120)}a`,
    ],
    ...['s3://user:pw@bucket/a', ' s3://bucket'],
  ])('is not %j', url => {
    expect(s3Place(url)).toBeNull()
  })
})

describe('settings', () => {
  it('name a server and a key, or none for Amazon', () => {
    const S3_ENDPOINT = 'https://objects.example.com'
    expect(s3Settings({ ...keys, S3_ENDPOINT, S3_REGION: 'here' })).toEqual({
      endpoint: S3_ENDPOINT,
      region: 'here',
      keys: { id: 'AKIA', secret: 'hush/+=' },
    })
    const amazon = { endpoint: null, region: 'us-east-1', keys: null }
    expect(s3Settings({ S3_ENDPOINT: '', S3_REGION: '', S3_ACCESS_KEY_ID: '', S3_SECRET_ACCESS_KEY: '' })).toEqual(
      amazon,
    )
  })

  it.each([
    [{ S3_ENDPOINT: 'https://objects.example.com' }, 'S3_ACCESS_KEY_ID is missing.'],
    [{ S3_ACCESS_KEY_ID: 'AKIA' }, 'S3_SECRET_ACCESS_KEY is missing.'],
    [{ S3_SECRET_ACCESS_KEY: 'hush' }, 'S3_ACCESS_KEY_ID is missing.'],
    [{ ...keys, S3_ENDPOINT: 'ftp://objects.example.com' }, 'S3_ENDPOINT cannot be right.'],
    [{ ...keys, S3_REGION: 'two words' }, 'S3_REGION cannot be right.'],
  ])('%o: %s', (given, said) => {
    expect(() => s3Settings(given)).toThrow(new RangeError(said))
    expect(() => openStatusFiles('s3://bucket/a', given, logger('test'))).toThrow(RangeError)
  })
})

describe('an installation', () => {
  const whole = {
    DATABASE_URL: 'postgresql://homeward_app:pw@db.example.com/homeward',
    DATA_DIR: '/srv/homeward',
    BACKUP_URL: 'file:///srv/backup',
    SNAPSHOT_URL: 'file:///srv/snapshots',
    MAIL_FROM: 'no-reply@example.com',
    PUBLIC_URL: 'https://restore.example.com',
    NEXTAUTH_SECRET: randomBytes(32).toString('base64url'),
    HOMEWARD_KEY: `k1:${randomBytes(32).toString('base64')}`,
  }
  const problems = (given: Record<string, string>) => {
    try {
      environment({ ...whole, ...given })
      return []
    } catch (error) {
      return error instanceof SettingsUnusable ? error.problems : [error]
    }
  }

  it('publishes into a bucket', () => {
    const STATUS_URL = 's3://bucket/page'
    expect(environment({ ...whole, ...keys, STATUS_URL }).statusUrl).toBe(STATUS_URL)
  })

  it('hears of a setting that is wrong or missing before anything starts', () => {
    const S3_ENDPOINT = 'https://objects.example.com'
    expect(problems({ STATUS_URL: 's3://bucket/page', S3_ENDPOINT })).toEqual(['S3_ACCESS_KEY_ID is missing'])
    expect(problems({ STATUS_URL: 's3://B' })).toEqual([
      'STATUS_URL is not one that begins with file:// or is s3://bucket/prefix',
    ])
    expect(problems({ STATUS_URL: 'file:///srv/status', S3_ENDPOINT })).toEqual([])
  })
})
