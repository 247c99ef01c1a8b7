import type { Visit } from '@/app/_shell/visit'
import { typesetFrench } from '@/messages/typeset-french'

/** What people wrote, in the visitor's language; French with the spaces that its marks ask for, whoever typed it. */
export const spoken = ({ language }: Pick<Visit, 'language'>, said: { en: string; fr: string }): string =>
  language === 'fr' ? typesetFrench(said.fr) : said.en
