import { TaskGroup } from 'mooring';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';

import type { Preset } from '../lint/preset.js';
import { Server } from './server.js';

/**
 * Serves one editor over the standard input and output, until it goes. The library ends the process
 * when the editor says so, when its input ends, and when the editor's own process is gone.
 */
export function serve(preset: Preset | undefined): Promise<void> {
  // Streams, not readers of them: only of a stream the library hears the end.
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  return TaskGroup.run(async (lints) => {
    new Server(connection, preset, lints).listen();
    await new Promise<never>(() => {});
  });
}
