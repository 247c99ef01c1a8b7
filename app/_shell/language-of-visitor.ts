import { headers } from 'next/headers'
import { isLanguage, type Language, languageFor } from '@/messages/language'

/** The language to answer in, where nobody asks who is here. */
export async function languageOfVisitor(): Promise<Language> {
  const head = await headers()
  const spoken = head.get('x-homeward-language')
  return isLanguage(spoken) ? spoken : languageFor(head.get('accept-language'))
}
