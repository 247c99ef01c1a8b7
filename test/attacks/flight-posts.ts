/** A post to a page as the framework's own client would send one for a server action: there is none here. */
export interface FlightPost {
  name: string
  headers: Record<string, string>
  body: string
}

const boundary = 'x-homeward-test'

function multipart(fields: [string, string][]): { type: string; body: string } {
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return { type: `multipart/form-data; boundary=${boundary}`, body: `${parts.join('')}--${boundary}--\r\n` }
}

/** What CVE-2025-55182 sends: a chunk that is its own "then", whose response runs what its prefix says. */
function gadget(file: string, at: string): [string, string][] {
  const run = `process.mainModule.require('fs').writeFileSync(${JSON.stringify(file)},'');`
  const response = { _prefix: run, _chunks: '$Q2', _formData: { get: '$1:constructor:constructor' } }
  const rest = { status: 'resolved_model', reason: -1, value: '{"then":"$B1337"}', _response: response }
  const chunk = Object.fromEntries([['then', at], ...Object.entries(rest)])
  return [
    ['0', JSON.stringify(chunk)],
    ['1', '"$@0"'],
    ['2', '[]'],
  ]
}

/** Posts that must be refused; those that try to run something would leave `file` behind. */
export function flightPosts(file: string): FlightPost[] {
  const ids = [
    '0'.repeat(40),
    'f'.repeat(42),
    '7f'.repeat(21),
    'x',
    '__proto__',
    'constructor',
    '../../x',
    'a'.repeat(5_000),
  ]
  const bodies: [string, { type: string; body: string }][] = [
    ['text', { type: 'text/plain;charset=UTF-8', body: '[]' }],
    ['text of references', { type: 'text/plain;charset=UTF-8', body: '["$F1","$@1","$Q1","$K1","$T1"]' }],
    ['no body', { type: 'text/plain;charset=UTF-8', body: '' }],
    ['form', { type: 'application/x-www-form-urlencoded', body: '0=%5B%5D&__proto__=x&constructor=x' }],
    ['parts', multipart([['0', '["$K1"]']])],
    [
      'parts of prototypes',
      multipart([
        ['__proto__', '{}'],
        ['constructor', '{}'],
        ['0', '{"__proto__":{"x":1}}'],
      ]),
    ],
    ['gadget', multipart(gadget(file, '$1:__proto__:then'))],
    ['gadget by constructor', multipart(gadget(file, '$1:constructor:prototype:then'))],
    ['deep', multipart([['0', `${'['.repeat(20_000)}${']'.repeat(20_000)}`]])],
    ['cut', { type: `multipart/form-data; boundary=${boundary}`, body: `--${boundary}\r\nContent-Disp` }],
    ['no boundary', { type: 'multipart/form-data', body: 'x' }],
  ]
  const byHeader = ids.flatMap(id =>
    bodies.map(([name, { type, body }]): FlightPost => {
      return {
        name: `Next-Action ${id.slice(0, 12)}, ${name}`,
        headers: { 'next-action': id, 'content-type': type },
        body,
      }
    }),
  )
  const action = '0'.repeat(42)
  const byField = (
    [
      [[`$ACTION_ID_${action}`, '']],
      [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', `{"id":"${action}","bound":"$@1"}`],
        ['$ACTION_1:1', '["$K1"]'],
      ],
      [
        ['$ACTION_REF_', ''],
        ['$ACTION_:0', '{"id":"__proto__#constructor","bound":null}'],
      ],
      [
        ['$ACTION_REF_0', ''],
        ...gadget(file, '$1:__proto__:then').map(([at, what]): [string, string] => [`$ACTION_0:${at}`, what]),
      ],
      [
        ['$ACTION_KEY', 'k'],
        [`$ACTION_ID_${'__proto__'}`, ''],
      ],
    ] as [string, string][][]
  ).map((fields): FlightPost => {
    const { type, body } = multipart(fields)
    return { name: `fields ${fields.map(([name]) => name).join(' ')}`, headers: { 'content-type': type }, body }
  })
  return [...byHeader, ...byField]
}
