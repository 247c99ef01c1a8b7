import type { Visit } from '@/app/_shell/visit'

/**
 * An answer to a form that leads to no page: a document that needs nothing else, with a heading, a sentence and one way on.
 * All three are texts, not HTML.
 */
export function barePage(
  { language }: Pick<Visit, 'language'>,
  { title, text, on }: { title: string; text: string; on: { href: string; label: string } },
  { status, retrySeconds }: { status: 413 | 429 | 503; retrySeconds?: number },
): Response {
  const [heading, sentence, href, label] = [title, text, on.href, on.label].map(escaped)
  return new Response(
    `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${heading} – Homeward</title></head><body><main><h1>${heading}</h1><p>${sentence}</p><p><a href="${href}">${label}</a></p></main></body></html>\n`,
    {
      status,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        ...(retrySeconds === undefined ? {} : { 'retry-after': String(retrySeconds) }),
      },
    },
  )
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, mark => `&#${mark.charCodeAt(0)};`)
