/** A bracket costs the parser as much stack as some operators do. */
const BRACKET = 4;

/** What can be entered on the smallest stack that the parser is run on, a worker's of 4 MB. */
const SAFE = 3500;

/** How deeply a text may be nested, at most. */
export interface Nesting {
  /** In operators. */
  readonly weight: number;
  /** Where it is at its deepest. */
  readonly index: number;
}

/**
 * How deeply a text may be nested; `undefined` where any stack is enough. The parser is a native
 * program, and one level too many ends Node:
 *
 *     [[[[[[[[…        !!!!!!!!…        a=b=c=d=…        a?b:c?d:e?f:…
 *
 * It is counted without parsing, on the safe side: the brackets that are open, and in each of them
 * the operators since the last `,` or `;` or statement. What is taken for a bracket and is none, in
 * a regular expression perhaps, goes with the bracket around it.
 */
export function deepNesting(text: string): Nesting | undefined {
  if (text.length * BRACKET <= SAFE) return undefined;
  const levels = new Levels();
  let index = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const deepest = levels.deepest;
    switch (ROLES[code]) {
      case OPEN:
        levels.open(text[at]!);
        break;
      case CLOSE:
        levels.close(text[at]!);
        if (levels.isLong && match(NEW_STATEMENT, text, at)) levels.separate();
        break;
      case SEPARATOR:
        if (!match(ELSE, text, at + 1)) levels.separate();
        break;
      case OPERATOR:
        levels.count();
        break;
      case SPACE:
        if (levels.isLong && match(NEW_LINE_STATEMENT, text, at)) levels.separate();
        // One word after another: `typeof typeof a`.
        else if (ROLES[text.charCodeAt(at + 1)] === WORD) levels.count();
        break;
      case SOLID:
        SOLIDS.lastIndex = at;
        if (SOLIDS.test(text)) at = SOLIDS.lastIndex - 1;
        else levels.count();
        break;
      default:
    }
    if (levels.deepest > deepest) index = at;
  }
  return levels.deepest > SAFE ? { weight: levels.deepest, index } : undefined;
}

/** The brackets that are open, with the operators before each that still count. */
class Levels {
  readonly #brackets: string[] = [];
  readonly #before: number[] = [];
  #outer = 0;
  #operators = 0;
  deepest = 0;

  open(bracket: string): void {
    this.#brackets.push(bracket);
    this.#before.push(this.#operators);
    this.#outer += this.#operators + BRACKET;
    this.#operators = 0;
    this.#deepen();
  }

  close(bracket: string): void {
    const opened = this.#brackets.lastIndexOf(OPENED_BY[bracket]!);
    if (opened === -1) return;
    while (this.#brackets.length > opened) {
      this.#brackets.pop();
      this.#operators = this.#before.pop()!;
      this.#outer -= this.#operators + BRACKET;
    }
    this.count(); // What it ends may be called, or read from: `a()()()`.
  }

  /** Whether a new statement makes a difference. */
  get isLong(): boolean {
    return this.#operators > 20;
  }

  separate(): void {
    this.#operators = 0;
  }

  count(): void {
    this.#operators += 1;
    this.#deepen();
  }

  #deepen(): void {
    this.deepest = Math.max(this.deepest, this.#outer + this.#operators);
  }
}

const OPENED_BY: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

const [OPEN, CLOSE, SEPARATOR, OPERATOR, SPACE, SOLID, WORD] = [1, 2, 3, 4, 5, 6, 7];
const ROLES = rolesOf({
  [OPEN]: '([{',
  [CLOSE]: ')]}',
  [SEPARATOR]: ',;',
  [OPERATOR]: '.!~+-*%&|^?:<>@`=',
  [SPACE]: ' \n\t',
  // A string, a comment, or but a sign.
  [SOLID]: '\'"/',
  [WORD]: 'abcdefghijklmnopqrstuvwxyz',
});

function rolesOf(signs: Readonly<Record<number, string>>): Uint8Array {
  // Two bytes of every character: a table that any of them may be looked up in.
  const roles = new Uint8Array(0x1_00_00);
  for (const [role, characters] of Object.entries(signs)) {
    for (const character of characters) roles[character.charCodeAt(0)] = Number(role);
  }
  return roles;
}

const SOLIDS = /'(?:[^'\\\n]|\\[^])*'|"(?:[^"\\\n]|\\[^])*"|\/\/.*|\/\*[^]*?\*\//y;
const ELSE = /\s*else\b/y;
const NEW_STATEMENT =
  /\}\s*(?!(?:as|catch|else|extends|finally|in|instanceof|of|satisfies|while)\b)[\w$]/y;
const NEW_LINE_STATEMENT =
  /\n\s*(?:case|const|export|import(?!\s*[(.])|let|return|switch|throw|try|var)\b/y;

function match(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}
