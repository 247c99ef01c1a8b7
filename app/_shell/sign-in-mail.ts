import type { Language } from '@/messages/language'

const links = ((globalThis as { hwLinks?: Map<string, string> }).hwLinks ??= new Map<string, string>())

export async function sendSignInMail(mail: { to: string; link: string; language: Language }): Promise<void> {
  links.set(mail.to, mail.link)
}

export async function demonstrationLink(email: string): Promise<string | null> {
  return links.get(email.toLowerCase()) ?? null
}
