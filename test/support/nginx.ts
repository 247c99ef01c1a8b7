import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '@/bin/project-root'
import { answersHttp, startServer, type TestServer } from '@/test/support/server-process'

export interface StatusNginx extends TestServer {
  /** http://127.0.0.1:PORT */
  origin: string
}

const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

// One process: it has no workers that could outlive it, and reads what the tests' user may read, root or not.
const around = (folder: string) => `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr;
events { }
http {
  access_log off;
  ${scratch.map(name => `${name}_temp_path ${folder}/${name};`).join('\n  ')}
  include ${folder}/status.conf;
}
`

function replaceOnce(text: string, line: string, by: string): string {
  if (text.split(line).length !== 2) throw new Error(`deploy/nginx/status.conf has not one line "${line}".`)
  return text.replace(line, by)
}

/**
 * nginx with the configuration that is shipped, over the folder the status page is published in.
 * @param portal The portal's address, where it is another.
 */
export async function startStatusNginx(statusRoot: string, portal = ''): Promise<StatusNginx> {
  const shipped = readFileSync(path.join(projectRoot, 'deploy/nginx/status.conf'), 'utf8')
  const server = await startServer(
    {
      program: 'nginx',
      args: (_port, folder) => ['-p', folder, '-c', path.join(folder, 'nginx.conf'), '-e', 'stderr'],
      ready: answersHttp,
    },
    (folder, port) => {
      const listening = replaceOnce(shipped, 'listen 80;', `listen 127.0.0.1:${port};`)
      const place = `root ${path.join(statusRoot, 'current')};`
      writeFileSync(
        path.join(folder, 'status.conf'),
        replaceOnce(
          replaceOnce(listening, 'root /var/lib/homeward/status/current;', place),
          'set $status_portal "";',
          `set $status_portal "${portal}";`,
        ),
      )
      writeFileSync(path.join(folder, 'nginx.conf'), around(folder))
    },
  )
  return { ...server, origin: `http://127.0.0.1:${server.port}` }
}
