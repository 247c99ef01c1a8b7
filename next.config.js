/** @type {import('next').NextConfig} */
export default {
  poweredByHeader: false,
  reactStrictMode: true,
  // Photos are personal: no optimizer that fetches and caches them.
  images: { unoptimized: true },
  // RFC 9116 section 3: at the well-known place, where no folder of ours can be.
  rewrites: async () => [{ source: '/.well-known/security.txt', destination: '/security.txt' }],
  // `npm test` checks types, once and with the tests.
  typescript: { ignoreBuildErrors: true },
  // Loaded as they are: native code, or files found beside their own source.
  serverExternalPackages: [
    '@prisma/adapter-pg',
    '@prisma/client',
    'bullmq',
    'ioredis',
    'nodemailer',
    'pg',
    'pino',
    'rate-limiter-flexible',
    'sharp',
  ],
}
