import { createHash } from 'node:crypto'
import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { DavServer } from '@/test/support/radicale'
import { answersHttp, startServer } from '@/test/support/server-process'
import { openToAll } from '@/test/support/temporary'

export interface ModDavServer extends DavServer {
  /** The folder that is served, to look into and to spoil. */
  files: string
}

const MODULES = '/usr/lib/apache2/modules'
const NOBODY = 65534
const needed = {
  mpm_event: 'mod_mpm_event',
  authn_core: 'mod_authn_core',
  authn_file: 'mod_authn_file',
  authz_core: 'mod_authz_core',
  authz_user: 'mod_authz_user',
  auth_basic: 'mod_auth_basic',
  dav: 'mod_dav',
  dav_fs: 'mod_dav_fs',
}

function configuration(folder: string, port: number, isRoot: boolean): string {
  return `
${Object.entries(needed)
  .map(([name, file]) => `LoadModule ${name}_module ${MODULES}/${file}.so`)
  .join('\n')}
ServerName 127.0.0.1
Listen 127.0.0.1:${port}
DefaultRuntimeDir ${folder}/run
PidFile ${folder}/run/apache.pid
Mutex file:${folder}/run default
ErrorLog ${folder}/server.log
${isRoot ? `User #${NOBODY}\nGroup #${NOBODY}` : ''}
StartServers 1
ServerLimit 1
ThreadsPerChild 32
MaxRequestWorkers 32
KeepAlive On
MaxKeepAliveRequests 0
DocumentRoot ${folder}/files
DAVLockDB ${folder}/run/locks
<Directory ${folder}/files>
  Dav On
  DavDepthInfinity off
  AuthType Basic
  AuthName files
  AuthUserFile ${folder}/users
  Require valid-user
</Directory>
`
}

/** Apache with mod_dav over an empty folder, as root (it then serves as nobody) or as an ordinary user. */
export async function startModDav(username = 'alice', password = 'alicepw'): Promise<ModDavServer> {
  const isRoot = process.getuid?.() === 0
  const server = await startServer(
    {
      program: 'apache2',
      args: (_port, folder) => ['-D', 'FOREGROUND', '-d', folder, '-f', path.join(folder, 'httpd.conf')],
      ready: answersHttp,
    },
    (folder, port) => {
      openToAll(folder)
      for (const name of ['files', 'run']) {
        mkdirSync(path.join(folder, name), { recursive: true })
        if (isRoot) chownSync(path.join(folder, name), NOBODY, NOBODY)
      }
      const digest = createHash('sha1').update(password).digest('base64')
      writeFileSync(path.join(folder, 'users'), `${username}:{SHA}${digest}\n`)
      writeFileSync(path.join(folder, 'httpd.conf'), configuration(folder, port, isRoot))
    },
  )
  const url = `http://127.0.0.1:${server.port}/`
  return { ...server, url, username, password, files: path.join(server.folder, 'files') }
}
