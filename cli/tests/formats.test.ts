import { describe, expect, test } from 'vitest';

import type { CheckReport, Finding } from '../src/lint/finding.js';
import { formatted } from '../src/check/formats/formatted.js';
import type { Format } from '../src/check/command.js';
import type { Terminal } from '../src/terminal.js';
import { pageUrl } from '../src/version.js';

const TEXTS: Readonly<Record<string, string>> = {
  '/p/src/a.ts': 'declare function save(): Promise<void>;\nsave();\n',
  '/p/src/<b>.ts': 'if (a < b) {\n  save();\n}\n',
};

const FLOATS: Finding = {
  file: '/p/src/a.ts',
  line: 2,
  column: 1,
  endLine: 2,
  endColumn: 7,
  rule: 'mooring/no-floating-promises',
  message: 'Nobody waits for `save()`: 100% lost.',
  suggestions: ['Await it.'],
};

const REPORT: CheckReport = {
  root: '/p',
  preset: undefined,
  files: Object.keys(TEXTS),
  findings: [
    FLOATS,
    { ...FLOATS, file: '/p/src/<b>.ts', column: 3, endColumn: 9, suggestions: [] },
    { ...FLOATS, rule: 'mooring/require-join', message: 'Join it.' },
  ],
  known: 4,
  gone: 0,
  unparsed: [{ file: '/p/src/c.ts', line: 1, column: 2, message: 'Unexpected token' }],
  notes: ['Not installed: x, whose types are unknown.'],
  awaited: 7,
  textOf: (file) => TEXTS[file] ?? '',
};

const say = (
  format: Format,
  report = REPORT,
  terminal: Partial<Terminal> = {},
): Promise<string> => {
  const silent = { write: () => true };
  return formatted(report, format, {
    cwd: '/p',
    env: {},
    stdout: silent,
    stderr: silent,
    ...terminal,
  });
};

describe('pretty', () => {
  test('shows each finding in its code, and then how many there are and where', async () => {
    const text = await say('pretty');
    expect(text.replaceAll(pageUrl(''), 'PAGES/')).toMatchInlineSnapshot(`
      "src/a.ts:2:1 mooring/no-floating-promises
      Nobody waits for \`save()\`: 100% lost.
        1 | declare function save(): Promise<void>;
      > 2 | save();
          | ^^^^^^
        3 |
        → Await it.

      src/<b>.ts:2:3 mooring/no-floating-promises
      Nobody waits for \`save()\`: 100% lost.
        1 | if (a < b) {
      > 2 |   save();
          |   ^^^^^^
        3 | }

      src/a.ts:2:1 mooring/require-join
      Join it.
        1 | declare function save(): Promise<void>;
      > 2 | save();
          | ^^^^^^
        3 |
        → Await it.

      not parsed: src/c.ts:1:2 Unexpected token
      Not installed: x, whose types are unknown.
      by rule
         2 mooring/no-floating-promises  PAGES/rules/no-floating-promises.md
         1 mooring/require-join          PAGES/rules/require-join.md

      by folder
         3 src/

      by file
         2 src/a.ts
         1 src/<b>.ts

      promises: 7 awaited, 2 afloat
      2 files, 3 findings, 1 file not parsed, and 4 that the baseline lists
      "
    `);
  });

  test('is as short as there is little to say', async () => {
    const clean = { ...REPORT, findings: [], known: 0, unparsed: [], notes: [] };
    expect(await say('pretty', clean)).toBe('promises: 7 awaited, 0 afloat\n2 files, 0 findings\n');
  });

  test('shows some of many, from as many files as it can', async () => {
    const many = { ...REPORT, findings: [...Array<Finding>(60).fill(FLOATS), ...REPORT.findings] };
    const text = await say('pretty', many);
    expect(text.match(/→ Await it/g)).toHaveLength(5);
    expect(text).toContain('src/<b>.ts:2:3');
    expect(text).toContain('57 more findings not shown here');
    expect(text).toContain('2 files, 63 findings');
  });

  test('cuts the lines of a bundle around the place, as the page does', async () => {
    const line = `${'var a = 1;'.repeat(1000)}save();${'var b = 2;'.repeat(1000)}`;
    const finding = { ...FLOATS, line: 1, column: 10_001, endLine: 1, endColumn: 10_007 };
    const bundle = { ...REPORT, findings: [finding], textOf: () => line };
    const [, , code, marks] = (await say('pretty', bundle)).split('\n');
    expect(code).toMatch(/^> 1 \| …[var =1;]{59}save\(\);.{174}…$/);
    expect(marks!.indexOf('^')).toBe(code!.indexOf('save()'));
    expect(marks!.match(/\^/g)).toHaveLength(6);
    expect(await say('html', bundle)).toMatch(
      /<i>1<\/i>….{59}<mark>save\(\)<\/mark>;.{174}…<\/pre>/,
    );
  });

  test('has colors where somebody looks, unless they do not want any', async () => {
    const stdout = { write: () => true, isTTY: true };
    expect(await say('pretty', REPORT, { stdout })).toContain('\u001B[');
    const plain = await say('pretty', { ...REPORT, known: 0 }, { stdout, env: { NO_COLOR: '1' } });
    expect(plain).toMatch(/\n--format html --output FILE makes a page of it; how to go on: \S+\n$/);
    expect(await say('pretty', REPORT, { stdout, env: { NO_COLOR: '1' } })).not.toContain(
      '\u001B[',
    );
    expect(await say('pretty', REPORT, { env: { FORCE_COLOR: '1' } })).toContain('\u001B[');
  });
});

describe('for programs', () => {
  test('json has all, with paths from the root', async () => {
    const value = JSON.parse(await say('json')) as { findings: object[] };
    expect(value).toMatchObject({
      version: 1,
      root: '/p',
      preset: null,
      files: 2,
      knownFindings: 4,
      promises: { awaited: 7, afloat: 2 },
      unparsed: ['src/c.ts:1:2 Unexpected token'],
      notes: REPORT.notes,
    });
    expect(value.findings[0]).toEqual({ ...FLOATS, file: 'src/a.ts' });
  });

  test('sarif has rules with their pages, and a fingerprint that a moved line keeps', async () => {
    const runOf = (text: string) =>
      (JSON.parse(text) as { version: string; runs: [SarifRun] }).runs[0];
    const run = runOf(await say('sarif'));
    expect(run.tool.driver.rules.map(({ id }) => id)).toEqual([
      'mooring/no-floating-promises',
      'mooring/require-join',
    ]);
    expect(run.tool.driver.rules[0]!.helpUri).toMatch(/no-floating-promises/);
    const [first, second, third] = run.results;
    expect([first!.ruleIndex, second!.ruleIndex, third!.ruleIndex]).toEqual([0, 0, 1]);
    expect(second!.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: 'src/%3Cb%3E.ts', uriBaseId: 'ROOT' },
          region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 9 },
        },
      },
    ]);
    const moved = { ...REPORT, findings: [{ ...FLOATS, line: 3 }], textOf: () => '\n\nsave();\n' };
    expect(runOf(await say('sarif', moved)).results[0]!.partialFingerprints).toEqual(
      first!.partialFingerprints,
    );
    const [broken, note] = run.invocations[0]!.toolExecutionNotifications;
    expect(broken).toMatchObject({
      level: 'error',
      message: { text: 'Not parsed: Unexpected token' },
      locations: [{ physicalLocation: { artifactLocation: { uri: 'src/c.ts' } } }],
    });
    expect(note).toEqual({ level: 'warning', message: { text: REPORT.notes[0] } });
    expect(third!.partialFingerprints).not.toEqual(first!.partialFingerprints);
  });

  test('github annotates lines, by their path in the repository', async () => {
    const text = await say('github', REPORT, { env: { GITHUB_WORKSPACE: '/' } });
    expect(text.split('\n')).toEqual([
      '::warning::Not installed: x, whose types are unknown.',
      '::error file=p/src/c.ts,line=1,col=2,title=Not parsed::Unexpected token',
      '::error file=p/src/a.ts,line=2,endLine=2,col=1,endColumn=7,title=mooring/no-floating-promises::Nobody waits for `save()`: 100%25 lost.',
      '::error file=p/src/<b>.ts,line=2,endLine=2,col=3,endColumn=9,title=mooring/no-floating-promises::Nobody waits for `save()`: 100%25 lost.',
      '::error file=p/src/a.ts,line=2,endLine=2,col=1,endColumn=7,title=mooring/require-join::Join it.',
      '2 files, 3 findings, 1 file not parsed, and 4 that the baseline lists',
      '',
    ]);
  });
});

test('junit has a case for each finding, and one for each file without or not parsed', async () => {
  const files = [...REPORT.files, '/p/src/clean.ts', '/p/src/c.ts'];
  const findings = [{ ...FLOATS, message: 'Say "1 < 2 && 3 > 2"\u0007.' }];
  const clean = { ...REPORT, files: files.slice(1, 3), findings: [], unparsed: [] };
  expect(await say('junit', clean)).toContain(
    '<testsuites name="mooring" tests="2" failures="0" errors="0">\n  <testsuite name="src/&lt;b&gt;.ts"',
  );
  expect(await say('junit', { ...REPORT, files: [files[0]!, ...files.slice(2)], findings })).toBe(
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="mooring" tests="3" failures="1" errors="1">
  <testsuite name="src/c.ts" tests="1" failures="0" errors="1">
    <testcase name="not parsed" classname="src/c.ts" file="src/c.ts" line="1">
      <error type="not parsed" message="Unexpected token">src/c.ts:1:2</error>
    </testcase>
  </testsuite>
  <testsuite name="src/a.ts" tests="1" failures="1" errors="0">
    <testcase name="mooring/no-floating-promises 2:1" classname="src/a.ts" file="src/a.ts" line="2">
      <failure type="mooring/no-floating-promises" message="Say &quot;1 &lt; 2 &amp;&amp; 3 &gt; 2&quot;.">src/a.ts:2:1</failure>
    </testcase>
  </testsuite>
  <testsuite name="src/clean.ts" tests="1" failures="0" errors="0">
    <testcase name="src/clean.ts" classname="src/clean.ts" file="src/clean.ts"/>
  </testsuite>
  <testsuite name="mooring" tests="0" failures="0" errors="0">
    <system-err>Not installed: x, whose types are unknown.</system-err>
  </testsuite>
</testsuites>
`,
  );
});

interface SarifRun {
  readonly invocations: { toolExecutionNotifications: object[] }[];
  readonly tool: { readonly driver: { readonly rules: { id: string; helpUri: string }[] } };
  readonly results: { ruleIndex: number; locations: object[]; partialFingerprints: object }[];
}

describe('html', () => {
  test('is one page that asks for nothing else, and in which code is text', async () => {
    const page = await say('html');
    expect(page).not.toMatch(/src=|<link|url\(|@import|fetch\(/);
    expect(page).toMatch(/<a href="[^"]*no-floating-promises\.md"><code>mooring\/no-floating/);
    expect(page).toContain('<mark>save();</mark>'.replace(';', ''));
    expect(page).toContain('if (a &lt; b) {');
    expect(page).toContain('<code>src/&lt;b>.ts</code>');
    expect(page).toContain('Nobody waits for <code>save()</code>: 100% lost.');
    expect(page.match(/<article /g)).toHaveLength(3);
    expect(page).toContain('<p class="broken">Not parsed: src/c.ts:1:2 Unexpected token</p>');
    const linked = { ...REPORT, notes: ['See https://example.com/a.md?b&c.'] };
    expect(await say('html', linked)).toContain(
      '<p class="note">See <a href="https://example.com/a.md?b&amp;c">https://example.com/a.md?b&amp;c</a>.</p>',
    );
    expect(page).toContain('data-folder="src"');
    expect(page).toContain('value="mooring/require-join"');
  });

  test('says so where nothing was found', async () => {
    expect(await say('html', { ...REPORT, findings: [] })).toContain('Nothing was found.');
  });
});
