import { typesetFrench } from '@/messages/typeset-french'

const marks = [
  'grid gap-2 [overflow-wrap:anywhere]',
  '[&_ul]:list-disc [&_ol]:list-decimal [&_:is(ul,ol)]:pl-5',
  '[&_blockquote]:border-line-strong [&_blockquote]:border-l-4 [&_blockquote]:pl-3',
  '[&_pre]:whitespace-pre-wrap [&_:is(h3,h4)]:font-semibold',
].join(' ')

/**
 * Words of people as HTML that is safe: made from Markdown by formats/markdown, which knows no others. French gets the
 * spaces that its marks ask for, whoever typed it.
 */
export function Prose({ html, lang }: { html: string; lang: string }) {
  const __html = lang === 'fr' ? typesetFrench(html) : html
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized where Markdown becomes HTML (formats/markdown)
    <div lang={lang} className={marks} dangerouslySetInnerHTML={{ __html }} />
  )
}
