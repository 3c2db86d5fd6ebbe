import type {
  Enumerations,
  HostFiles,
  NativeProject,
  NativeSnapshot,
  SnapshotChanges,
} from './api.js';
import { NativeFailure } from './failure.js';
import type { NativeInstall } from './install.js';
import { Watch } from './watch.js';

/** A running checker: TypeScript 7.0's API and 7.1's, made one. */
export interface NativeCompiler {
  readonly enums: Enumerations;
  /** The state of the world after these changes. Ends the snapshot before it. */
  update(changes: SnapshotChanges): NativeSnapshot;
  /** Runs a question. A process that gives no sign of life meanwhile is ended. */
  during<Answer>(question: () => Answer): Answer;
  /** How long the process was silent for, in seconds, if it was ended for that. */
  readonly silence: number | undefined;
  /** Ends the process, also one that does not answer. It holds nothing that would be lost. */
  close(): void;
}

/** The files that a project names itself, without those that they import. */
export function rootFilesOf(project: NativeProject): readonly string[] {
  return project.rootFiles ?? project.parsedCommandLine?.fileNames ?? [];
}

/**
 * Starts the checker's process.
 *
 * Its life: `child_process` gives it no reference that would keep Node alive, TypeScript kills it
 * when Node exits, and it ends by itself when its standard input does, which is what happens to it
 * when Node is killed or a worker is terminated. One that is too busy to end is ended by its watch.
 */
export function startCompiler(
  install: NativeInstall,
  cwd: string,
  { has, read }: HostFiles,
  patience?: number,
): NativeCompiler {
  const sync = install.load(['typescript/sync', 'typescript/unstable/sync']) as SyncModule;
  const ast = install.load(['typescript/ast', 'typescript/unstable/ast']) as Enumerations;
  const enums: Enumerations = {
    SyntaxKind: ast.SyntaxKind,
    TypeFlags: sync.TypeFlags,
    ObjectFlags: sync.ObjectFlags,
    SymbolFlags: sync.SymbolFlags,
    SignatureKind: sync.SignatureKind,
  };
  expectKnownApi(install, sync, enums);
  /** There is none before there is a process. */
  const watched: { by?: Watch } = {};
  const files: HostFiles = {
    has,
    read(path) {
      watched.by?.sign();
      return read(path);
    },
  };
  const hasSnapshots = 'createSnapshot' in sync.API.prototype;
  const options = {
    cwd,
    tsserverPath: install.executable,
    fs: hasSnapshots
      ? fileSystem71(install, files)
      : { readFile: (path: string) => files.read(path) },
  };
  const api = withLessCollecting(() => new sync.API(options));
  // TypeScript keeps its process to itself, and would only ask it to end.
  const child = (api as Internals).client?.channel?.child;
  if (child?.pid !== undefined) watched.by = new Watch(child.pid, patience);
  const watch = watched.by;
  return {
    enums,
    update: hasSnapshots ? updater71(api as Api71) : updater70(api as Api70),
    during: (question) => (watch === undefined ? question() : watch.during(question)),
    get silence() {
      return watch?.silence;
    },
    close() {
      child?.kill('SIGKILL');
      watch?.close();
      try {
        api.close();
      } catch {
        // It says goodbye to the process first, which is gone.
      }
    },
  };
}

interface Child {
  readonly pid?: number;
  kill(signal: 'SIGKILL'): void;
}

interface Internals {
  readonly client?: { readonly channel?: { readonly child?: Child } };
}

/**
 * The checker lives for one run, or keeps what it knows: to look for garbage half as often saves it
 * a fifth of its time, and costs it no memory to speak of. It is started with the environment as
 * it is at this moment.
 */
function withLessCollecting<Result>(start: () => Result): Result {
  const { GOGC } = process.env;
  if (GOGC !== undefined) return start();
  process.env['GOGC'] = '200';
  try {
    return start();
  } finally {
    delete process.env['GOGC'];
  }
}

interface SyncModule extends Omit<Enumerations, 'SyntaxKind'> {
  readonly API: new (options: object) => Api70 | Api71;
}

interface Api70 {
  updateSnapshot(changes: object): NativeSnapshot;
  close(): void;
}

interface Api71 {
  createSnapshot(changes: object): Snapshot71;
  close(): void;
}

interface Snapshot71 extends NativeSnapshot {
  update(changes: object): Snapshot71;
}

function updater70(api: Api70): NativeCompiler['update'] {
  let latest: NativeSnapshot | undefined;
  return ({ openProjects, openFiles, closeFiles, ...fileChanges }) => {
    const next = api.updateSnapshot({ openProjects, openFiles, closeFiles, fileChanges });
    latest?.dispose();
    return (latest = next);
  };
}

function updater71(api: Api71): NativeCompiler['update'] {
  let latest: Snapshot71 | undefined;
  return ({ openProjects, openFiles, closeFiles, ...fileNotifications }) => {
    const opened = { openProjects, openFiles, closeFiles };
    const changes = { ...opened, fileNotifications, ensurePrograms: true };
    const next = latest?.update(changes) ?? api.createSnapshot(changes);
    if (latest !== next) latest?.dispose();
    return (latest = next);
  };
}

/** In 7.1 a file system has all members, and what is left to the disk is said. */
function fileSystem71(install: NativeInstall, files: HostFiles): object {
  const { serverFS } = install.load(['typescript/fs']) as {
    serverFS: { useOS: symbol; noop: symbol };
  };
  return {
    readFile: (path: string) => files.read(path) ?? serverFS.useOS,
    fileExists: (path: string) => files.has(path) || serverFS.useOS,
    directoryExists: serverFS.useOS,
    getAccessibleEntries: serverFS.useOS,
    realpath: serverFS.useOS,
    stat: serverFS.useOS,
    writeFile: serverFS.noop,
    removeFile: serverFS.noop,
  };
}

/** A version that says things otherwise is told of at once, not by a wrong answer later. */
function expectKnownApi(install: NativeInstall, sync: SyncModule, enums: Enumerations): void {
  const missing = [
    ...(typeof sync.API === 'function' ? [] : ['API']),
    ...Object.entries(ENUMERATION_MEMBERS).flatMap(([name, members]) =>
      members
        .filter((member) => typeof enums[name as keyof Enumerations]?.[member] !== 'number')
        .map((member) => `${name}.${member}`),
    ),
  ];
  if (missing.length === 0) return;
  throw new NativeFailure(
    'install',
    `TypeScript ${install.version} in ${install.folder} has another API than the one that this ` +
      `plugin knows (7.0 and 7.1): it lacks ${missing.join(', ')}. Install TypeScript 7.0 or 7.1, ` +
      'or a newer eslint-plugin-mooring.',
  );
}

const ENUMERATION_MEMBERS: Record<keyof Enumerations, readonly string[]> = {
  SyntaxKind: ['Identifier', 'CallExpression'],
  TypeFlags: ['Any', 'Unknown', 'Never', 'Void', 'Undefined', 'Null', 'Object', 'Union'],
  ObjectFlags: ['ClassOrInterface', 'Reference'],
  SymbolFlags: ['Alias', 'Optional'],
  SignatureKind: ['Call', 'Construct'],
};
