// node bench/status-child.mjs site ROOT | bare FILE TYPE: one server on a free port of loopback, which it prints.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { openStatusSite } from '../bin/status-server.mjs'

const [what, place, type] = process.argv.slice(2)

async function site() {
  const { ready, handle } = openStatusSite({ root: place })
  await ready
  return (request, response) => {
    if (!handle(request, response)) response.writeHead(404).end()
  }
}

function bare() {
  const body = readFileSync(place)
  const headers = { 'content-type': type, 'content-length': body.length }
  return (_request, response) => {
    response.writeHead(200, headers)
    response.end(body)
  }
}

const server = createServer(what === 'site' ? await site() : bare())
server.listen(0, '127.0.0.1', () => console.log(server.address().port))
