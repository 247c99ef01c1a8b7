export function processStart(pid: number): string | null
export function withProcessLock<T>(file: string, work: () => Promise<T>, onWait?: (pid: number) => void): Promise<T>
