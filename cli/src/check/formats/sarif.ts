import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';

import plugin from 'eslint-plugin-mooring';
import type { Log, Notification, ReportingDescriptor, Result } from 'sarif';

import type { CheckReport, Finding, Unparsed } from '../../lint/finding.js';
import { portablePath } from '../../lint/portable-path.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** SARIF 2.1.0: what code scanning reads. */
export function sarif(report: CheckReport): string {
  const { findings, root, notes, unparsed } = report;
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'mooring',
            ...(plugin.meta?.version === undefined ? {} : { version: plugin.meta.version }),
            rules: rules.map(descriptorOf),
          },
        },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(root).href}/` } },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: [
              ...unparsed.map((each) => brokenOf(each, root)),
              ...notes.map((text) => ({ level: 'warning' as const, message: { text } })),
            ],
          },
        ],
        results: findings.map((finding) => resultOf(finding, rules.indexOf(finding.rule), report)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function descriptorOf(id: string): ReportingDescriptor {
  const docs = plugin.rules?.[id.replace(/^mooring\//, '')]?.meta?.docs;
  return {
    id,
    ...(docs?.description === undefined
      ? {}
      : { shortDescription: { text: docs.description.replaceAll('`', '') } }),
    ...(docs?.url === undefined ? {} : { helpUri: docs.url }),
  };
}

function brokenOf({ file, line = 1, column = 1, message }: Unparsed, root: string): Notification {
  const uri = encodeURI(portablePath(root, file));
  const region = { startLine: line, startColumn: column };
  return {
    level: 'error',
    message: { text: `Not parsed: ${message}` },
    locations: [{ physicalLocation: { artifactLocation: { uri, uriBaseId: 'ROOT' }, region } }],
  };
}

function resultOf(finding: Finding, ruleIndex: number, { root, textOf }: CheckReport): Result {
  const { file, line, column, endLine, endColumn, rule, message } = finding;
  const uri = portablePath(root, file);
  const text = (textOf(file).split('\n')[line - 1] ?? '').trim();
  return {
    ruleId: rule,
    ruleIndex,
    level: 'error',
    message: { text: message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(uri), uriBaseId: 'ROOT' },
          region: { startLine: line, startColumn: column, endLine, endColumn },
        },
      },
    ],
    // Of the line's text: a finding whose line has moved is the one that was there before.
    partialFingerprints: {
      'mooringLine/v1': createHash('sha256')
        .update(`${rule}\0${uri}\0${text}`)
        .digest('hex')
        .slice(0, 32),
    },
  };
}
