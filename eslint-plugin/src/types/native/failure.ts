/**
 * What is lost:
 * `'install'`: TypeScript 7 is not there, or is not one that the plugin knows: no use to try again;
 * `'process'`: the checker's process ended: another one may go well;
 * `'question'`: the process refused one question, and lives on.
 */
type Loss = 'install' | 'process' | 'question';

/**
 * The native checker cannot answer. The message says which TypeScript it is, what happened, and
 * what to do; it is the one that the user sees.
 */
export class NativeFailure extends Error {
  override readonly name = 'NativeFailure';
  readonly loss: Loss;

  constructor(loss: Loss, message: string, cause?: unknown) {
    super(message, { cause });
    this.loss = loss;
  }
}

/** The answer, or what stands for it where the process refuses the question, and lives on. */
export function unlessRefused<Answer>(answer: () => Answer, otherwise: () => Answer): Answer {
  try {
    return answer();
  } catch (error) {
    if (error instanceof NativeFailure && error.loss === 'question') return otherwise();
    throw error;
  }
}
