// Whether an effect of a component ends what it has started, in the clean-up that it returns:
//
//   useEffect(() => {
//     const controller = new AbortController();      let gone = false;
//     load(controller.signal).catch(report);         (async () => { … if (gone) return; … })();
//     return () => controller.abort();               return () => { gone = true; };
//   }, []);
//
// Nothing else can be done there: an effect takes no promise. The clean-up has to end what the work
// asks, or is handed; when it asks is not asked.
import type { TSESTree } from '@typescript-eslint/utils';

import { consumerOf } from './consumers.js';
import { descendants } from './descendants.js';
import { enclosingRun, type FunctionNode, isFunction, isInside } from './enclosing.js';
import { outcomeOf } from './function-outcome.js';
import { calledFunction } from './own-method.js';
import { chainOf } from './promise-chain.js';
import { calledMember, calledName } from './property-name.js';
import { functionOf, rootVariable, type SourceCode, type Variable } from './variable.js';
import { unwrapped } from './wrappers.js';

type Node = TSESTree.Node;

/** `useEffect(() => { … })`, which takes nothing but a clean-up. */
export function isEffect(run: FunctionNode): boolean {
  const { kind, by } = consumerOf(run);
  if (kind !== 'handed-over' || by.type !== 'CallExpression') return false;
  return /^(use\w*|create\w*|\$)?[eE]ffect$/.test(calledName(by) ?? '');
}

export function isEndedByEffect(work: Node, sourceCode: SourceCode): boolean {
  const effect = enclosingRun(work);
  if (!isFunction(effect) || !isEffect(effect)) return false;
  const { root } = chainOf(work);
  const code = [work, calledFunction(root, sourceCode)?.body].filter((each) => each !== undefined);
  return outcomeOf(effect, sourceCode)
    .returned.flatMap((returned) => functionOf(returned, sourceCode) ?? [])
    .flatMap((cleanUp) => endedIn(cleanUp.body, sourceCode))
    .some((variable) => isAskedIn(code, variable, sourceCode));
}

/** The controllers that code aborts, and the flags that it sets. */
function endedIn(code: Node, sourceCode: SourceCode): readonly Variable[] {
  return [...descendants(code, sourceCode)].flatMap((node) => {
    const ended =
      node.type === 'AssignmentExpression' ? unwrapped(node.left) : calledForAbort(node);
    const variable = ended && rootVariable(ended, sourceCode);
    return variable !== undefined && variable.defs.length > 0 ? variable : [];
  });
}

function calledForAbort(node: Node): Node | undefined {
  const member = calledMember(node);
  return member?.name === 'abort' ? member.object : undefined;
}

function isAskedIn(code: readonly Node[], variable: Variable, sourceCode: SourceCode): boolean {
  const { references } = variable;
  return [
    variable,
    ...references.flatMap(({ identifier }) => takenOf(identifier, sourceCode)),
  ].some((each) =>
    each.references.some(
      (reference) =>
        reference.isRead() && code.some((part) => isInside(reference.identifier, part)),
    ),
  );
}

/** `signal` of `const { signal } = controller`, and of `const signal = controller.signal`. */
function takenOf(name: Node, sourceCode: SourceCode): readonly Variable[] {
  let node = name;
  while (node.parent?.type === 'MemberExpression' && node.parent.object === node)
    node = node.parent;
  const { parent } = node;
  return parent?.type === 'VariableDeclarator' && parent.init === node
    ? sourceCode.getDeclaredVariables(parent)
    : [];
}
