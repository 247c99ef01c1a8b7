/** Installs, generates and, where asked, builds what is missing or older than its sources; one at a time. */
export function bootstrap(options: { withBuild: boolean; say: (step: string) => void }): Promise<void>
