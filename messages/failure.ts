import { shell as english } from '@/messages/en/shell'
import { shell as french } from '@/messages/fr/shell'
import { typesetFrench } from '@/messages/typeset-french'

/** What the page says that is shown when no other can be: small enough to come along to the browser. */
export const failureWords = { en: english.failure, fr: typesetFrench(french.failure) }
