/**
 * Answers a signal with the tree of the open scopes, on standard error: SIGUSR2, and Ctrl+Break on
 * Windows, which has no such signal. For Bun, and where the inspector that `mooring ps` asks is shut.
 *
 *     node --import mooring/inspect/on-signal server.js
 *     kill -USR2 4242
 *
 * It keeps no process alive. Where there are no processes it does nothing.
 */
import { format } from './format.js';

interface Process {
  readonly platform: string;
  on(signal: string, answer: () => void): void;
}

const { process } = globalThis as unknown as { process?: Partial<Process> };
process?.on?.(process.platform === 'win32' ? 'SIGBREAK' : 'SIGUSR2', () => {
  console.error(format());
});
