import { DeviceAccountError, type RefusalReason } from '@/domain/restore/device-account'
import { errorCode } from '@/gateways/durable-files'

/** The folder or this one item refuses; the account as a whole may well go on. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly reason: RefusalReason,
    readonly detail: string,
  ) {
    super(detail)
    this.name = 'Refusal'
  }
}

const refusals: Record<string, [number, RefusalReason, string]> = {
  EACCES: [403, 'forbidden', 'The folder does not allow it.'],
  EPERM: [403, 'forbidden', 'The folder does not allow it.'],
  EROFS: [403, 'forbidden', 'The folder is on a read-only file system.'],
  EFBIG: [413, 'too-large', 'The file system does not take files that large.'],
  ENAMETOOLONG: [400, 'not-accepted', 'The file system does not take names that long.'],
  EILSEQ: [400, 'not-accepted', 'The file system does not take that name.'],
  EINVAL: [400, 'not-accepted', 'The file system does not take that name.'],
}

const accountFaults: Record<string, [DeviceAccountError['kind'], string]> = {
  ENOSPC: ['full', 'There is no space left for the account.'],
  EDQUOT: ['full', "The account's quota is used up."],
  ENOENT: ['not-found', "The account's folder is not there any more."],
  ENOTDIR: ['not-found', "The account's folder is not a folder."],
  ELOOP: ['forbidden-address', 'A link lies where a folder or a file of the account should be.'],
  ENOTSUP: ['not-understood', "The account's file system has no hard links."],
  EOPNOTSUPP: ['not-understood', "The account's file system has no hard links."],
}

/** A system error said as {@link Refusal} or DeviceAccountError; any other error as it is. */
export function asFault(error: unknown): unknown {
  const code = errorCode(error)
  if (code === '') return error
  const refusal = refusals[code]
  if (refusal) return new Refusal(...refusal)
  const [kind, message] = accountFaults[code] ?? ['unreachable', "The account's file system does not answer properly."]
  return new DeviceAccountError(kind, `${message} (${code})`)
}

/** Runs one step on the account's file system. Throws {@link Refusal} or DeviceAccountError. */
export async function onDisk<T>(step: () => Promise<T> | T): Promise<T> {
  try {
    return await step()
  } catch (error) {
    throw asFault(error)
  }
}

/** Like {@link onDisk} where there is no single item to refuse: what the folder does not allow concerns the account. */
export async function onAccount<T>(step: () => Promise<T> | T): Promise<T> {
  try {
    return await step()
  } catch (error) {
    const fault = asFault(error)
    throw fault instanceof Refusal ? new DeviceAccountError('unauthorized', fault.detail) : fault
  }
}
