import type { CSSProperties } from 'react'
import { Body, Button, Container, Head, Heading, Html, Link, Text } from 'react-email'
import type { Language } from '@/messages/language'
import type { Block, MailContent } from '@/messages/mail/content'

const sans = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'
const serif = 'Georgia, "Times New Roman", serif'
const ink = '#1b1f23'
const quiet = '#565d66'
const line = '#c9c4b9'
const accent = '#0b5c6b'

const style = {
  body: { backgroundColor: '#faf9f6', color: ink, fontFamily: sans, margin: '0', padding: '24px 12px' },
  // Without the usual filling behind it: half of the mail's bytes, so that programs show nothing of the mail itself.
  preview: { display: 'none', overflow: 'hidden', lineHeight: '1px', opacity: 0, maxHeight: 0, maxWidth: 0 },
  // Addresses with long tokens in them, and the roots that auditors keep, would make a telephone's mail wider than it.
  card: {
    backgroundColor: '#ffffff',
    maxWidth: '600px',
    padding: '24px',
    border: '1px solid #e3e0d9',
    overflowWrap: 'anywhere',
    wordBreak: 'break-word',
  },
  brand: { color: accent, fontFamily: serif, fontSize: '20px', fontWeight: 600, margin: '0 0 24px' },
  heading: { fontFamily: serif, fontSize: '26px', fontWeight: 600, lineHeight: '1.2', margin: '0 0 16px' },
  subheading: { fontFamily: serif, fontSize: '20px', fontWeight: 600, lineHeight: '1.3', margin: '24px 0 8px' },
  text: { fontSize: '17px', lineHeight: '1.5', margin: '0 0 16px' },
  aside: { color: quiet, fontSize: '15px', lineHeight: '1.5', margin: '0 0 16px' },
  list: { fontSize: '17px', lineHeight: '1.5', margin: '0 0 16px', paddingLeft: '24px' },
  notice: {
    fontSize: '17px',
    lineHeight: '1.5',
    margin: '0 0 16px',
    padding: '12px 16px 12px 36px',
    backgroundColor: '#fff3d6',
    border: '2px solid #7a3c1c',
  },
  advice: { margin: '0 0 16px', padding: '12px 16px', backgroundColor: '#e7f2f4', border: '2px solid #0b5c6b' },
  item: { margin: '0 0 8px' },
  table: { width: '100%', borderCollapse: 'collapse', fontSize: '17px', margin: '0 0 16px' },
  head: {
    color: quiet,
    fontSize: '15px',
    textAlign: 'left',
    padding: '8px 8px 8px 0',
    borderBottom: `1px solid ${line}`,
  },
  cell: { textAlign: 'left', fontWeight: 400, padding: '10px 8px 10px 0', borderBottom: '1px solid #e3e0d9' },
  button: {
    backgroundColor: accent,
    color: '#ffffff',
    fontSize: '18px',
    fontWeight: 600,
    padding: '14px 22px',
    borderRadius: '8px',
  },
  copy: { color: quiet, fontSize: '14px', lineHeight: '1.4', margin: '8px 0 24px' },
  address: { wordBreak: 'break-all' },
  link: { color: accent, textDecoration: 'underline' },
  footer: { color: quiet, fontSize: '14px', lineHeight: '1.5', maxWidth: '600px', padding: '16px 24px' },
} satisfies Record<string, CSSProperties>

/** Programs that know prefers-color-scheme show the mail on a dark ground, as the portal does. */
const dark = `@media (prefers-color-scheme: dark) {
  .paper, .paper td { background-color: #14171a !important; color: #eceae5 !important }
  .card, .card td { background-color: #1c2024 !important; border-color: #2d3238 !important }
  .quiet { color: #a9afb6 !important } .accent { color: #6fc3cf !important }
  .advice { background-color: #10303a !important; border-color: #6fc3cf !important }
  .notice { background-color: #3a2a10 !important; border-color: #f2c58b !important }
  .button, .button span { background-color: #6fc3cf !important; color: #06262c !important }
}`

/** The one look of all mails. */
export function MailLayout({ language, content }: { language: Language; content: MailContent }) {
  const { subject, preview, heading, greeting, blocks, footer } = content
  return (
    <Html lang={language}>
      <Head>
        <title>{subject}</title>
        <meta content="width=device-width, initial-scale=1" name="viewport" />
        <meta content="light dark" name="color-scheme" />
        <meta content="light dark" name="supported-color-schemes" />
        <style>{dark}</style>
      </Head>
      <Body className="paper" lang={language} style={style.body}>
        <div data-skip-in-text="true" style={style.preview}>
          {preview}
        </div>
        <Container className="card" style={style.card}>
          <Text className="accent" style={style.brand}>
            Homeward
          </Text>
          <Heading style={style.heading}>{heading}</Heading>
          <Text style={style.text}>{greeting}</Text>
          {blocks.map((block, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
            <MailBlock block={block} copyLink={footer.copyLink} key={at} />
          ))}
        </Container>
        <Container style={style.footer}>
          {footer.lines.map(words => (
            <Text className="quiet" key={words} style={{ ...style.footer, margin: '0', padding: '0' }}>
              {words}
            </Text>
          ))}
          <Link className="accent" href={footer.help.url} style={style.link}>
            {footer.help.label}
          </Link>
          {(footer.links ?? []).map(({ label, url }) => (
            <Text key={url} style={{ ...style.footer, margin: '0', padding: '0' }}>
              <Link className="accent" href={url} style={style.link}>
                {label}
              </Link>
            </Text>
          ))}
        </Container>
      </Body>
    </Html>
  )
}

function MailBlock({ block, copyLink }: { block: Block; copyLink: string }) {
  switch (block.kind) {
    case 'text':
      return <Text style={style.text}>{block.text}</Text>
    case 'aside':
      return (
        <Text className="quiet" style={style.aside}>
          {block.text}{' '}
          {block.url && (
            <Link className="accent" href={block.url} style={style.link}>
              {block.url}
            </Link>
          )}
        </Text>
      )
    case 'heading':
      return (
        <Heading as="h2" style={style.subheading}>
          {block.text}
        </Heading>
      )
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul'
      return (
        <List style={style.list}>
          <Items items={block.items} />
        </List>
      )
    }
    case 'notice':
      return (
        <ul className="notice" style={style.notice}>
          <Items items={block.items} />
        </ul>
      )
    case 'table':
      return <CountTable columns={block.columns} rows={block.rows} />
    case 'html':
      // biome-ignore lint/security/noDangerouslySetInnerHtml: Markdown that the sender made safe
      return <div dangerouslySetInnerHTML={{ __html: block.html }} style={style.text} />
    case 'advice':
      return (
        <div className="advice" style={style.advice}>
          <Heading as="h2" style={{ ...style.subheading, margin: '0 0 8px' }}>
            {block.heading}
          </Heading>
          {block.groups.map(({ heading, items }) => (
            <div key={heading}>
              <Text style={{ ...style.text, fontWeight: 600, margin: '0 0 4px' }}>{heading}</Text>
              <ul style={style.list}>
                <Items items={items} />
              </ul>
            </div>
          ))}
          <Text className="quiet" style={{ ...style.aside, margin: '0' }}>
            {block.dated}
          </Text>
        </div>
      )
    case 'button':
      return (
        <>
          <Button className="button" href={block.url} style={style.button}>
            {block.label}
          </Button>
          <Text className="quiet" style={style.copy}>
            {copyLink}
            <br />
            <span style={style.address}>{block.url}</span>
          </Text>
        </>
      )
  }
}

const Items = ({ items }: { items: string[] }) =>
  items.map(item => (
    <li key={item} style={style.item}>
      {item}
    </li>
  ))

function CountTable({ columns, rows }: { columns: string[]; rows: string[][] }) {
  return (
    <table style={style.table}>
      <thead>
        <tr>
          {columns.map(column => (
            <th className="quiet" key={column} scope="col" style={style.head}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first = '', ...cells]) => (
          <tr key={first}>
            <th scope="row" style={style.cell}>
              {first}
            </th>
            {cells.map((cell, at) => (
              <td key={columns[at + 1]} style={style.cell}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
