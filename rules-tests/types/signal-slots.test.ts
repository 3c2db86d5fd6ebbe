import type { CallFacts } from '../../eslint-plugin/src/types/types.js';
import { type Asked, table } from './ask.js';

/** Drawn as `1.signal` for a property of the second argument, and as `1` for the argument itself. */
const slots = ({ call }: Asked): readonly string[] => drawn(call).sort();

const drawn = ({ signalSlots }: CallFacts): string[] =>
  signalSlots.map(({ argument, property }) =>
    property === undefined ? `${argument}` : `${argument}.${property}`,
  );

const given = `
  import { exec, execFile } from 'node:child_process';
  import { EventEmitter, on, once } from 'node:events';
  import * as fs from 'node:fs';
  import { open, readFile } from 'node:fs/promises';
  import { addAbortSignal, Readable } from 'node:stream';
  import { pipeline } from 'node:stream/promises';
  import { setInterval as every, setTimeout as pause } from 'node:timers/promises';
  import { promisify } from 'node:util';
  import { isCancellation, sleep, type TaskContext, TaskGroup, timeout } from 'mooring';
`;

table('where do calls of the platform take a signal?', {
  given,
  question: slots,
  rows: {
    'fetch takes one in its options, and none by the signal that a Request carries': [
      `declare const url: string; fetch(url);`,
      ['1.signal'],
    ],
    'fetch of a Request': [`fetch(new Request('/'));`, ['1.signal']],
    'fetch through globalThis': [`globalThis.fetch('/');`, ['1.signal']],
    'new Request': [`new Request('/');`, ['1.signal']],
    'fs.promises.readFile, whose options may be an encoding': [
      `readFile('a', 'utf8');`,
      ['1.signal'],
    ],
    'fs.readFile with a callback, over its overloads': [
      `fs.readFile('a', () => {});`,
      ['1.signal'],
    ],
    'fs.promises.open takes none': [`open('a');`, []],
    'setTimeout of timers/promises': [`pause(100);`, ['2.signal']],
    'setInterval of timers/promises': [`every(100);`, ['2.signal']],
    'the global setTimeout takes none': [`setTimeout(() => {}, 100);`, []],
    'events.once, over emitters and targets': [
      `declare const e: EventTarget; once(e, 'open');`,
      ['2.signal'],
    ],
    'events.on': [`on(new EventEmitter(), 'data');`, ['2.signal']],
    'child_process.exec': [`exec('ls', () => {});`, ['1.signal']],
    'child_process.execFile takes options after its arguments, or instead of them': [
      `execFile('ls', ['-l']);`,
      ['1.signal', '2.signal'],
    ],
    'a promisified exec': [
      `const run = promisify(exec);
     run('ls');`,
      ['1.signal'],
    ],
    addEventListener: [
      `declare const target: EventTarget; target.addEventListener('open', () => {});`,
      ['2.signal'],
    ],
    'stream.promises.pipeline, which takes its options after any number of streams': [
      `declare const a: NodeJS.ReadableStream, b: NodeJS.WritableStream;
     pipeline(a, b);`,
      ['1.signal', '2.signal', '3.signal', '4.signal', '5.signal', '6.signal'],
    ],
    'ReadableStream.pipeTo': [
      `declare const a: ReadableStream, b: WritableStream; a.pipeTo(b);`,
      ['1.signal'],
    ],
    'addAbortSignal takes it as an argument': [
      `declare const signal: AbortSignal;
     addAbortSignal(signal, new Readable());`,
      ['0'],
    ],
    'AbortSignal.any takes a list of them, which is no place for one': [`AbortSignal.any([]);`, []],
    'new AbortController': [`new AbortController();`, []],
  },
});

table('where do calls of the runtime take a signal?', {
  given,
  question: slots,
  rows: {
    sleep: [`sleep(1);`, ['1.signal']],
    'timeout with a body, or for using': [`timeout(1, () => {});`, ['1.signal', '2.signal']],
    'new TaskGroup': [`new TaskGroup();`, ['0.signal']],
    'TaskGroup.run': [`TaskGroup.run(() => {});`, ['1.signal']],
    'createTask, whose function is given one and which takes none': [
      `new TaskGroup().createTask(({ signal }) => signal);`,
      [],
    ],
    'isCancellation takes a scope': [`isCancellation(new Error(), new TaskGroup());`, ['1.signal']],
    'a function that takes the context of a task': [
      `declare function load(id: string, context: TaskContext): Promise<void>;
     declare const context: TaskContext;
     load('a', context);`,
      ['1.signal'],
    ],
    'a function that takes a group': [
      `declare function fill(group: TaskGroup): void;
     declare const group: TaskGroup;
     fill(group);`,
      ['0.signal'],
    ],
  },
});

table('where do calls of functions of one’s own take a signal?', {
  given,
  question: slots,
  rows: {
    'an argument': [`declare function f(signal: AbortSignal): void; f(null!);`, ['0']],
    'an optional argument': [
      `declare function f(id: string, signal?: AbortSignal): void; f('a');`,
      ['1'],
    ],
    'an argument that may be null': [
      `declare function f(signal: AbortSignal | null): void; f(null);`,
      ['0'],
    ],
    'an argument with a default': [
      `function f(signal = new AbortController().signal) { return signal; } f();`,
      ['0'],
    ],
    'a property of options': [
      `declare function f(options?: { signal?: AbortSignal; retries?: number }): void; f();`,
      ['0.signal'],
    ],
    'a property that has to be given': [
      `declare function f(options: { id: string; signal: AbortSignal }): void; f(null!);`,
      ['0.signal'],
    ],
    'a property that may be undefined or null': [
      `declare function f(o: { signal?: AbortSignal | null | undefined }): void; f({});`,
      ['0.signal'],
    ],
    'options that are one of several': [
      `declare function f(o: string | { retries: number } | { signal?: AbortSignal }): void; f('a');`,
      ['0.signal'],
    ],
    'options put together of several': [
      `declare function f(o: { id: string } & { signal?: AbortSignal }): void; f(null!);`,
      ['0.signal'],
    ],
    'options that are partial, or read-only': [
      `declare function f(o: Readonly<Partial<{ signal: AbortSignal }>>): void; f({});`,
      ['0.signal'],
    ],
    'options that extend others': [
      `interface Base { signal?: AbortSignal }
     interface Options extends Base { id: string }
     declare function f(options: Options): void;
     f(null!);`,
      ['0.signal'],
    ],
    'a property with the name that other libraries use': [
      `declare function f(o: { abortSignal?: AbortSignal }): void; f({});`,
      ['0.abortSignal'],
    ],
    'an overload that the call does not take': [
      `declare function f(id: string): void;
     declare function f(id: string, options: { signal?: AbortSignal }): void;
     f('a');`,
      ['1.signal'],
    ],
    'an open type that is known to have it': [
      `declare function f<T extends { signal?: AbortSignal }>(options: T): void; f({});`,
      ['0.signal'],
    ],
    'an open type of which nothing is known': [
      `declare function f<T>(options: T): void; f({ signal: new AbortController().signal });`,
      [],
    ],
    'a method': [
      `declare class Client { get(url: string, options?: { signal?: AbortSignal }): void }
     new Client().get('/');`,
      ['1.signal'],
    ],
    'a method that may not be there': [
      `declare const client: { get?(signal?: AbortSignal): void } | undefined; client?.get?.();`,
      ['0'],
    ],
    'a constructor': [
      `declare class Client { constructor(options?: { signal?: AbortSignal }) } new Client();`,
      ['0.signal'],
    ],
    'a function that is one of several': [
      `declare const f: ((signal?: AbortSignal) => void) | ((signal: AbortSignal | null) => void);
     f(null!);`,
      ['0'],
    ],
    'a class that extends AbortSignal': [
      `declare class Mine extends AbortSignal {} declare function f(signal: Mine): void; f(null!);`,
      ['0'],
    ],
    'a signal of another library, which has the shape of one': [
      `interface GenericSignal {
       readonly aborted: boolean;
       addEventListener?: (...args: any) => any;
       onabort?: ((...args: any) => any) | null;
     }
     declare function f(options?: { signal?: GenericSignal }): void;
     f();`,
      ['0.signal'],
    ],
  },
});

table('where do these calls take a signal, which have no place for one?', {
  given,
  question: slots,
  rows: {
    'a signal of another kind': [
      `declare function f(options: { signal?: 'SIGTERM' | 'SIGKILL' }): void; f({});`,
      [],
    ],
    'process.kill': [`process.kill(1, 'SIGTERM');`, []],
    'an argument of type any or unknown': [
      `declare function f(a: any, b: unknown, c?: { signal?: any }): void; f(1, 2);`,
      [],
    ],
    'a callee of type any': [`declare const f: any; f(1);`, []],
    'a list of signals': [`declare function f(...signals: AbortSignal[][]): void; f();`, []],
    'any number of signals: it is a list in another form': [
      `declare function f(...signals: AbortSignal[]): void; f();`,
      [],
    ],
    'a Request, which has a signal of its own': [
      `declare function f(request: Request): void; f(null!);`,
      [],
    ],
    'a class that extends Request': [
      `declare class MyRequest extends Request {} declare function f(request: MyRequest): void; f(null!);`,
      [],
    ],
    'an AbortController': [`declare function f(controller: AbortController): void; f(null!);`, []],
    'a function that is given a signal': [
      `declare function f(body: (signal: AbortSignal) => void): void; f(() => {});`,
      [],
    ],
    'a property deeper down': [
      `declare function f(o: { request?: { signal?: AbortSignal } }): void; f({});`,
      [],
    ],
    'options without a name for it': [
      `declare function f(o: Record<string, AbortSignal>): void; f({});`,
      [],
    ],
  },
});

table('where does a call take a signal that TypeScript itself cannot make out?', {
  given,
  withErrors: true,
  question: slots,
  rows: {
    'a callee that nobody declares': [`missing(1);`, []],
    'an argument that is missing': [`declare function f(signal: AbortSignal): void; f();`, ['0']],
    'an import that leads nowhere': [
      `type Options = import('nowhere').Options; declare function f(o: Options): void; f({});`,
      [],
    ],
  },
});
