// Whether a file takes the rejections that nobody else handles, itself or by a file that it imports:
//
//   process.on('unhandledRejection', (error) => { … process.exit(1); });
//   import './util/terminate.js';                      // … which has such a line
//
// What the whole program does elsewhere no file tells.
import type { TSESTree } from '@typescript-eslint/utils';

import { descendants } from '../syntax/descendants.js';
import { enclosingRun } from '../syntax/enclosing.js';
import { calledName } from '../syntax/property-name.js';
import type { SourceCode } from '../syntax/variable.js';
import { importedFrom } from './imported-function.js';
import type { Place } from './project-place.js';
import { readSource } from './read-source.js';

type FileOnly = Pick<Place, 'file' | 'sourceCode'>;

/** What was found of a file: each promise at its top asks. */
const handled = new WeakMap<TSESTree.Node, boolean>();

export function handlesRejections(place: FileOnly): boolean {
  const { ast } = place.sourceCode;
  const answer = handled.get(ast) ?? findWhetherHandled(place);
  handled.set(ast, answer);
  return answer;
}

function findWhetherHandled(place: FileOnly): boolean {
  const { sourceCode } = place;
  if (listensForRejections(sourceCode)) return true;
  return sourceCode.ast.body.some((statement) => {
    if (statement.type !== 'ImportDeclaration' || statement.importKind === 'type') return false;
    const file = importedFrom(statement, place);
    const source = file === undefined ? undefined : readSource(file);
    return source !== undefined && listensForRejections(source);
  });
}

/** What was found of a file itself, which many may import. */
const known = new WeakMap<TSESTree.Node, boolean>();

/** A function that would listen may never be called: it is the line of the module that counts. */
function listensForRejections(sourceCode: SourceCode): boolean {
  let answer = known.get(sourceCode.ast);
  if (answer === undefined) {
    answer =
      /unhandledrejection/i.test(sourceCode.text) &&
      [...descendants(sourceCode.ast, sourceCode)].some(isListening);
    known.set(sourceCode.ast, answer);
  }
  return answer;
}

/** `process.on('unhandledRejection', …)`, `addEventListener('unhandledrejection', …)`. */
function isListening(node: TSESTree.Node): boolean {
  if (node.type !== 'CallExpression') return false;
  const [event, listener] = node.arguments;
  if (event?.type !== 'Literal' || listener === undefined) return false;
  const isEvent = /^unhandledrejection$/i.test(String(event.value));
  const isAdding = /^(addEventListener|addListener|on)$/.test(calledName(node) ?? '');
  return isEvent && isAdding && enclosingRun(node).type === 'Program';
}
