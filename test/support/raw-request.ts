import { connect } from 'node:net'

export interface RawAnswer {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  body: string
}

/** Sends the request line as it is, whatever it says, with the headers given, and reads until the server closes. */
export function rawRequest(origin: string, line: string, headers: string[] = []): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    const chunks: Buffer[] = []
    socket.on('data', chunk => chunks.push(chunk))
    socket.once('error', reject)
    socket.once('close', () => resolve(readAnswer(Buffer.concat(chunks).toString('latin1'))))
    socket.write(`${[line, 'Host: status.example', ...headers, 'Connection: close'].join('\r\n')}\r\n\r\n`, 'latin1')
  })
}

function readAnswer(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n')
  const [first = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = lines
    .map(line => /^([^:]+): ?(.*)$/.exec(line)!)
    .map(([, name, value]) => [name!.toLowerCase(), value!])
  return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(headers), body: text.slice(end + 4) }
}
