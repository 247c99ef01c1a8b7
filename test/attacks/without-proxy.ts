import { copyFileSync, cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { projectRoot } from '@/bin/project-root'
import { temporaryFolder } from '@/test/support/temporary'

const manifest = 'functions-config-manifest.json'

/** The portal as it is built, in a folder of its own in which Next knows of no proxy file. Whoever asked removes it. */
export function folderWithoutProxy(): string {
  const folder = temporaryFolder('without-proxy')
  const link = (name: string) => symlinkSync(path.join(projectRoot, name), path.join(folder, name))
  const linkAllBut = (inside: string, other: string) => {
    mkdirSync(path.join(folder, inside))
    for (const name of readdirSync(path.join(projectRoot, inside))) if (name !== other) link(path.join(inside, name))
  }
  for (const name of ['next.config.js', 'package.json'])
    copyFileSync(path.join(projectRoot, name), path.join(folder, name))
  // Copied: its own place says where the portal is.
  cpSync(path.join(projectRoot, 'bin'), path.join(folder, 'bin'), { recursive: true })
  link('node_modules')
  linkAllBut('.next', 'server')
  linkAllBut('.next/server', manifest)
  writeFileSync(path.join(folder, '.next/server', manifest), JSON.stringify({ version: 1, functions: {} }))
  return folder
}
