import { database } from '@/gateways/database'

const seconds = 900

/** Keeps sealed bytes for a quarter of an hour and answers under which id; what is older goes. */
export async function keepForm(sealed: Uint8Array<ArrayBuffer>): Promise<string> {
  await database().keptForm.deleteMany({ where: { createdAt: { lt: new Date(Date.now() - seconds * 1000) } } })
  return (await database().keptForm.create({ data: { sealed } })).id
}

/** The bytes, or null where they are not kept any more. */
export async function readKeptForm(id: string): Promise<Uint8Array | null> {
  const row = await database().keptForm.findUnique({ where: { id } })
  return row && row.createdAt.getTime() > Date.now() - seconds * 1000 ? row.sealed : null
}
