import type { TSESTree } from '@typescript-eslint/utils';
import { describe, expect, test } from 'vitest';

import type { CallNode } from '../../eslint-plugin/src/types/types.js';
import { type Provider, PROVIDERS } from '../support/providers.js';
import { typedProgram } from '../support/typed-program.js';

/** Programs that end in a call, and where that call takes an abort signal. */
type Programs = Readonly<Record<string, readonly [code: string, ...slots: string[]]>>;

function callsTakeSignals(name: string, programs: Programs): void {
  describe.each(PROVIDERS)(`${name} (%s)`, (provider) => {
    test.each(Object.entries(programs))('%s', (_, [code, ...slots]) => {
      expect(slotsOf(code, provider)).toEqual(slots);
    });
  });
}

/** Drawn as `1.signal` for a property of the second argument, and `1` for the argument itself. */
function slotsOf(code: string, provider: Provider): string[] {
  const { ast, types } = typedProgram(code, provider);
  const [facts] = types.calls([lastCall(ast)]);
  return facts!.signalSlots
    .map(({ argument, property }) =>
      property === undefined ? `${argument}` : `${argument}.${property}`,
    )
    .sort();
}

function lastCall({ body }: TSESTree.Program): CallNode {
  const last = body.at(-1);
  if (last?.type !== 'ExpressionStatement') throw new Error('The program ends in no expression.');
  const { expression } = last;
  return (expression.type === 'ChainExpression' ? expression.expression : expression) as CallNode;
}

callsTakeSignals('calls of the platform', {
  'fetch takes one in its options, and none by the signal that a Request carries': [
    `fetch(url);
     declare const url: string;
     fetch(url);`,
    '1.signal',
  ],
  'fetch of a Request': [`fetch(new Request('/'));`, '1.signal'],
  'fetch through globalThis': [`globalThis.fetch('/');`, '1.signal'],
  'new Request': [`new Request('/');`, '1.signal'],
  'fs.promises.readFile, whose options may be an encoding': [
    `import { readFile } from 'node:fs/promises'; readFile('a', 'utf8');`,
    '1.signal',
  ],
  'fs.readFile with a callback, over its overloads': [
    `import * as fs from 'node:fs'; fs.readFile('a', () => {});`,
    '1.signal',
  ],
  'fs.promises.open takes none': [`import { open } from 'node:fs/promises'; open('a');`],
  'setTimeout of timers/promises': [
    `import { setTimeout } from 'node:timers/promises'; setTimeout(100);`,
    '2.signal',
  ],
  'setInterval of timers/promises': [
    `import { setInterval } from 'node:timers/promises'; setInterval(100);`,
    '2.signal',
  ],
  'the global setTimeout takes none': [`setTimeout(() => {}, 100);`],
  'events.once, over emitters and targets': [
    `import { once } from 'node:events'; declare const e: EventTarget; once(e, 'open');`,
    '2.signal',
  ],
  'events.on': [
    `import { on, EventEmitter } from 'node:events'; on(new EventEmitter(), 'data');`,
    '2.signal',
  ],
  'child_process.exec': [
    `import { exec } from 'node:child_process'; exec('ls', () => {});`,
    '1.signal',
  ],
  'child_process.execFile takes options after its arguments, or instead of them': [
    `import { execFile } from 'node:child_process'; execFile('ls', ['-l']);`,
    '1.signal',
    '2.signal',
  ],
  'a promisified exec': [
    `import { exec } from 'node:child_process';
     import { promisify } from 'node:util';
     const run = promisify(exec);
     run('ls');`,
    '1.signal',
  ],
  addEventListener: [
    `declare const target: EventTarget; target.addEventListener('open', () => {});`,
    '2.signal',
  ],
  'stream.promises.pipeline, which takes its options after any number of streams': [
    `import { pipeline } from 'node:stream/promises';
     declare const a: NodeJS.ReadableStream, b: NodeJS.WritableStream;
     pipeline(a, b);`,
    '1.signal',
    '2.signal',
    '3.signal',
    '4.signal',
    '5.signal',
    '6.signal',
  ],
  'ReadableStream.pipeTo': [
    `declare const a: ReadableStream, b: WritableStream; a.pipeTo(b);`,
    '1.signal',
  ],
  'addAbortSignal takes it as an argument': [
    `import { addAbortSignal, Readable } from 'node:stream';
     declare const signal: AbortSignal;
     addAbortSignal(signal, new Readable());`,
    '0',
  ],
  'AbortSignal.any takes a list of them, which is no place for one': [`AbortSignal.any([]);`],
  'new AbortController': [`new AbortController();`],
});

callsTakeSignals('calls of the runtime', {
  sleep: [`import { sleep } from 'mooring'; sleep(1);`, '1.signal'],
  'timeout with a body, or for using': [
    `import { timeout } from 'mooring'; timeout(1, () => {});`,
    '1.signal',
    '2.signal',
  ],
  'new TaskGroup': [`import { TaskGroup } from 'mooring'; new TaskGroup();`, '0.signal'],
  'TaskGroup.run': [`import { TaskGroup } from 'mooring'; TaskGroup.run(() => {});`, '1.signal'],
  'createTask, whose function is given one and which takes none': [
    `import { TaskGroup } from 'mooring'; new TaskGroup().createTask(({ signal }) => signal);`,
  ],
  'isCancellation takes a scope': [
    `import { isCancellation, TaskGroup } from 'mooring';
     isCancellation(new Error(), new TaskGroup());`,
    '1.signal',
  ],
  'a function that takes the context of a task': [
    `import type { TaskContext } from 'mooring';
     declare function load(id: string, context: TaskContext): Promise<void>;
     declare const context: TaskContext;
     load('a', context);`,
    '1.signal',
  ],
  'a function that takes a group': [
    `import type { TaskGroup } from 'mooring';
     declare function fill(group: TaskGroup): void;
     declare const group: TaskGroup;
     fill(group);`,
    '0.signal',
  ],
});

callsTakeSignals('calls of functions of one’s own', {
  'an argument': [`declare function f(signal: AbortSignal): void; f(null!);`, '0'],
  'an optional argument': [
    `declare function f(id: string, signal?: AbortSignal): void; f('a');`,
    '1',
  ],
  'an argument that may be null': [
    `declare function f(signal: AbortSignal | null): void; f(null);`,
    '0',
  ],
  'an argument with a default': [
    `function f(signal = new AbortController().signal) { return signal; } f();`,
    '0',
  ],
  'a property of options': [
    `declare function f(options?: { signal?: AbortSignal; retries?: number }): void; f();`,
    '0.signal',
  ],
  'a property that has to be given': [
    `declare function f(options: { id: string; signal: AbortSignal }): void; f(null!);`,
    '0.signal',
  ],
  'a property that may be undefined or null': [
    `declare function f(o: { signal?: AbortSignal | null | undefined }): void; f({});`,
    '0.signal',
  ],
  'options that are one of several': [
    `declare function f(o: string | { retries: number } | { signal?: AbortSignal }): void; f('a');`,
    '0.signal',
  ],
  'options put together of several': [
    `declare function f(o: { id: string } & { signal?: AbortSignal }): void; f(null!);`,
    '0.signal',
  ],
  'options that are partial, or read-only': [
    `declare function f(o: Readonly<Partial<{ signal: AbortSignal }>>): void; f({});`,
    '0.signal',
  ],
  'options that extend others': [
    `interface Base { signal?: AbortSignal }
     interface Options extends Base { id: string }
     declare function f(options: Options): void;
     f(null!);`,
    '0.signal',
  ],
  'a property with the name that other libraries use': [
    `declare function f(o: { abortSignal?: AbortSignal }): void; f({});`,
    '0.abortSignal',
  ],
  'an overload that the call does not take': [
    `declare function f(id: string): void;
     declare function f(id: string, options: { signal?: AbortSignal }): void;
     f('a');`,
    '1.signal',
  ],
  'an open type that is known to have it': [
    `declare function f<T extends { signal?: AbortSignal }>(options: T): void; f({});`,
    '0.signal',
  ],
  'an open type of which nothing is known': [
    `declare function f<T>(options: T): void; f({ signal: new AbortController().signal });`,
  ],
  'a method': [
    `declare class Client { get(url: string, options?: { signal?: AbortSignal }): void }
     new Client().get('/');`,
    '1.signal',
  ],
  'a method that may not be there': [
    `declare const client: { get?(signal?: AbortSignal): void } | undefined; client?.get?.();`,
    '0',
  ],
  'a constructor': [
    `declare class Client { constructor(options?: { signal?: AbortSignal }) } new Client();`,
    '0.signal',
  ],
  'a function that is one of several': [
    `declare const f: ((signal?: AbortSignal) => void) | ((signal: AbortSignal | null) => void);
     f(null!);`,
    '0',
  ],
  'a class that extends AbortSignal': [
    `declare class Mine extends AbortSignal {} declare function f(signal: Mine): void; f(null!);`,
    '0',
  ],
  'a signal of another library, which has the shape of one': [
    `interface GenericSignal {
       readonly aborted: boolean;
       addEventListener?: (...args: any) => any;
       onabort?: ((...args: any) => any) | null;
     }
     declare function f(options?: { signal?: GenericSignal }): void;
     f();`,
    '0.signal',
  ],
});

callsTakeSignals('no place for a signal', {
  'a signal of another kind': [
    `declare function f(options: { signal?: 'SIGTERM' | 'SIGKILL' }): void; f({});`,
  ],
  'process.kill': [`process.kill(1, 'SIGTERM');`],
  'an argument of type any or unknown': [
    `declare function f(a: any, b: unknown, c?: { signal?: any }): void; f(1, 2);`,
  ],
  'a callee of type any': [`declare const f: any; f(1);`],
  'a callee that nobody declares': [`missing(1);`],
  'a list of signals': [`declare function f(...signals: AbortSignal[][]): void; f();`],
  'any number of signals: it is a list in another form': [
    `declare function f(...signals: AbortSignal[]): void; f();`,
  ],
  'a Request, which has a signal of its own': [
    `declare function f(request: Request): void; f(null!);`,
  ],
  'a class that extends Request': [
    `declare class MyRequest extends Request {} declare function f(request: MyRequest): void; f(null!);`,
  ],
  'an AbortController': [`declare function f(controller: AbortController): void; f(null!);`],
  'a function that is given a signal': [
    `declare function f(body: (signal: AbortSignal) => void): void; f(() => {});`,
  ],
  'a property deeper down': [
    `declare function f(o: { request?: { signal?: AbortSignal } }): void; f({});`,
  ],
  'options without a name for it': [
    `declare function f(o: Record<string, AbortSignal>): void; f({});`,
  ],
});
