import { S3Client } from '@aws-sdk/client-s3'
import type { S3Settings } from '@/gateways/s3-form'

const connectMs = 3_000
const answerMs = 10_000
const attempts = 3
const sockets = 32
/** Time limits that a test makes shorter. */
export interface S3Limits {
  connectMs?: number
  answerMs?: number
}

/**
 * A client of the server that the settings name, Amazon's where they name none. Connecting, every silence and every wait
 * for an answer are limited, and what failed in passing is asked again, thrice in all. Opens no connection before the
 * first use; `destroy()` ends them.
 */
export function s3Client({ endpoint, region, keys }: S3Settings, limits: S3Limits = {}): S3Client {
  // It would say at every start that versions to come want a newer Node; ours is pinned.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const silenceMs = limits.answerMs ?? answerMs
  return new S3Client({
    region,
    ...(endpoint === null ? {} : { endpoint }),
    ...(keys === null ? {} : { credentials: { accessKeyId: keys.id, secretAccessKey: keys.secret } }),
    // A name for each bucket is what only Amazon has.
    forcePathStyle: endpoint !== null,
    // Checksums in trailers are refused by some servers and believed unseen by others: ours are compared by us.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: attempts,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: limits.connectMs ?? connectMs,
      requestTimeout: silenceMs,
      throwOnRequestTimeout: true,
      socketTimeout: silenceMs,
      httpAgent: { maxSockets: sockets },
      httpsAgent: { maxSockets: sockets },
    },
  })
}
