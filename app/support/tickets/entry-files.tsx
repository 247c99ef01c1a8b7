import type { Visit } from '@/app/_shell/visit'
import type { EntryView } from '@/domain/triage/read-entries'
import { sentenceFor } from '@/messages/translate'

/** What came with a mail: its files, those that were not kept and why, and what its text leaves out. `at`: where files are. */
export function EntryFiles({ visit, entry, at }: { visit: Visit; entry: EntryView; at: string }) {
  const { t, language } = visit
  const { files, trimmed } = entry
  return (
    <>
      {files.length === 0 ? null : (
        <ul aria-label={t('mailIn.files')} className="grid list-disc gap-1 pl-5 [overflow-wrap:anywhere]">
          {files.map(({ id, name, size, refused }) => {
            const about = { name: name === '' ? t('mailIn.unnamed') : name, size: Math.ceil(size / 1024) }
            return (
              <li key={id}>
                {refused === null ? (
                  <a className="inline-flex min-h-11 items-center" href={`${at}/${id}`} download>
                    {t('mailIn.file', about)}
                  </a>
                ) : (
                  t('mailIn.notKept', { ...about, reason: sentenceFor(language, 'mailIn.refused', refused) ?? '' })
                )}
              </li>
            )
          })}
        </ul>
      )}
      {trimmed === null ? null : (
        <details>
          <summary className="min-h-6">{t('mailIn.trimmed')}</summary>
          <p className="whitespace-pre-line text-quiet [overflow-wrap:anywhere]">{trimmed}</p>
        </details>
      )}
    </>
  )
}
