import { parseRoot, type RootFile } from '@/domain/evidence/root-file'
import { reader } from '@/domain/transaction'
import type { Language } from '@/prisma/generated/enums'

export interface LoadedRootMail {
  id: string
  to: string
  name: string
  language: Language
  root: RootFile
}

/** Null where it was sent, or where whom it is for has left. */
export async function loadRootMail(id: string): Promise<LoadedRootMail | null> {
  const mail = await reader('every-carrier').chainRootMail.findUnique({ where: { id }, include: { root: true } })
  if (!mail || mail.sentAt) return null
  const staff = await reader('every-carrier').staff.findFirst({ where: { id: mail.staffId, leftAt: null } })
  const root = parseRoot(mail.root.file)
  if (!root) throw new Error(`The root ${mail.rootNumber} cannot be read.`)
  return staff && { id, to: staff.email, name: staff.name, language: staff.language, root }
}

export async function noteRootMailSent(id: string): Promise<void> {
  await reader('every-carrier').chainRootMail.updateMany({ where: { id, sentAt: null }, data: { sentAt: new Date() } })
}
