import { connect } from 'node:net'

export interface RawAnswer {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  /** As it came, with the lengths of its chunks. */
  body: string
}

const limitMs = 20_000

/**
 * Sends the request line as it is, whatever it says, with the headers given (a Host of theirs instead of ours) and a body,
 * and reads until the answer ends or the server closes. A server that closes without a word is answered as status 0; one
 * that says nothing for 20 seconds fails, with the request that it left open.
 */
export function rawRequest(origin: string, line: string, headers: string[] = [], body = ''): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    let read = ''
    socket.on('data', chunk => {
      read += chunk.toString('latin1')
      // Who asks for an upgrade cannot ask for the connection's end as well.
      if (isWhole(line, read)) socket.destroy()
    })
    socket.once('error', reject)
    socket.once('close', () => resolve(readAnswer(read)))
    const host = headers.some(header => /^host:/i.test(header)) ? [] : ['Host: status.example']
    const ending = headers.some(header => /^connection:/i.test(header)) ? [] : ['Connection: close']
    let late = false
    socket.setTimeout(limitMs, () => {
      // Node now and then does not hear that a connection ended right behind the last bytes (the kernel says CLOSE-WAIT, and
      // nothing is left to read). One byte more, and a server that has closed resets it; one that has not stays silent.
      if (!late) {
        late = true
        socket.removeListener('error', reject).once('error', () => {})
        socket.write('\n')
        socket.setTimeout(limitMs / 10)
        return
      }
      reject(new Error(`No end of the answer to ${[line, ...headers].join(' | ')}: ${read.slice(0, 200)}`))
      socket.destroy()
    })
    socket.write(`${[line, ...host, ...headers, ...ending].join('\r\n')}\r\n\r\n${body}`, 'latin1')
  })
}

/** RFC 9112 section 6.3. */
function isWhole(line: string, read: string): boolean {
  const { status, headers, body } = readAnswer(read)
  if (status < 200) return false
  if (line.startsWith('HEAD ') || status === 204 || status === 304) return true
  if (headers['transfer-encoding'] === 'chunked') return /(?:^|\r\n)0\r\n\r\n$/.test(body.slice(-8))
  return headers['content-length'] !== undefined && body.length >= Number(headers['content-length'])
}

function readAnswer(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n')
  if (end === -1) return { status: 0, headers: {}, body: '' }
  const [first = '', ...lines] = text.slice(0, end).split('\r\n')
  const headers = lines
    .map(line => /^([^:]+): ?(.*)$/.exec(line)!)
    .map(([, name, value]) => [name!.toLowerCase(), value!])
  return { status: Number(first.split(' ')[1]), headers: Object.fromEntries(headers), body: text.slice(end + 4) }
}
