import type { Terminal } from '../../terminal.js';
import type { Format } from '../command.js';
import type { CheckReport } from '../../lint/finding.js';

/** A report in one of the formats, with a line end at its end. */
export async function formatted(
  report: CheckReport,
  format: Format,
  terminal: Terminal,
): Promise<string> {
  switch (format) {
    case 'pretty':
      return (await import('./pretty.js')).pretty(report, terminal);
    case 'stylish':
      return (await import('./stylish.js')).stylish(report, terminal);
    case 'json':
      return (await import('./json.js')).json(report);
    case 'sarif':
      return (await import('./sarif.js')).sarif(report);
    case 'junit':
      return (await import('./junit.js')).junit(report);
    case 'github':
      return (await import('./github.js')).github(report, terminal);
    case 'html':
      return (await import('./html.js')).html(report);
  }
}
