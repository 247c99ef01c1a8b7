import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '@/app/_shell/next-auth'
import { comesFromUs, isSecure } from '@/app/_shell/origin'

interface Context {
  params: Promise<{ nextauth: string[] }>
}

// Links are asked for and used by our own forms; what next-auth offers beside them stays closed.
const open: Record<string, readonly string[]> = { GET: ['session', 'csrf', 'providers'], POST: ['signout'] }

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const [action = ''] = (await context.params).nextauth
  if (!open[request.method]?.includes(action)) return new Response('Not found\n', { status: 404 })
  if (request.method === 'POST' && !comesFromUs(request.headers)) return new Response('Not from us\n', { status: 403 })
  return NextAuth(request, context, authOptions(isSecure(request.headers)))
}

export { handle as GET, handle as POST }
