import { describeRule } from '../support/describe-rule.js';

const start = `
  import { TaskGroupError } from 'mooring';
  declare function work(): Promise<void>;
`;

describeRule('no-group-error-flattening', {
  allows: {
    'the only one': `${start}
      export function fail(error: unknown): never {
        if (error instanceof TaskGroupError && error.errors.length === 1) throw error.errors[0];
        throw error;
      }
    `,
    'the group error itself, or the rest of it': `${start}
      export async function run() {
        try {
          await work();
        } catch (error) {
          if (!(error instanceof TaskGroupError)) throw error;
          const [, rest] = error.split(RangeError);
          if (rest) throw rest;
          throw error;
        }
      }
    `,
    'a text with the error as its cause': `${start}
      export function fail(error: TaskGroupError): never {
        throw new Error(\`failed: \${error.message}\`, { cause: error });
      }
    `,
    'an error that is given the group error': `${start}
      class Failure extends Error {
        constructor(message: string, readonly group: TaskGroupError) { super(message); }
      }
      export function fail(error: TaskGroupError): never {
        throw new Failure(error.message, error);
      }
    `,
    logging: `${start}
      export function log(error: TaskGroupError): void {
        console.error(String(error), error.errors[0]);
      }
    `,
    'another error': `
      export function fail(error: AggregateError | Error): never {
        if (error instanceof AggregateError) throw error.errors[0];
        throw new Error(error.message);
      }
    `,
    'a number of errors': `${start}
      export function fail(error: TaskGroupError): never {
        throw new Error(\`\${error.errors.length} have failed\`);
      }
    `,
  },
  reports: {
    'the first of several': {
      code: `${start}
      export function fail(error: TaskGroupError): never {
        throw error.errors[0];
              ~~~~~~~~~~~~~~~ first
      }
    `,
      suggests: [
        [
          `${start}
      export function fail(error: TaskGroupError): never {
        throw error;
      }
    `,
        ],
      ],
    },
    "a text of it, with a class of one's own beside": {
      code: `${start}
      class Failure extends Error {}
      export function fail(error: TaskGroupError, kind: number): never {
        if (kind === 0) throw new Error(\`failed: \${error.message}\`);
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ text
        throw new Failure(String(error));
              ~~~~~~~~~~~~~~~~~~~~~~~~~~ text
      }
    `,
      suggests: [
        [
          `${start}
      class Failure extends Error {}
      export function fail(error: TaskGroupError, kind: number): never {
        if (kind === 0) throw new Error(\`failed: \${error.message}\`, { cause: error });
        throw new Failure(String(error));
      }
    `,
        ],
        [],
      ],
    },
    'one of several, after a test': `${start}
      export async function run() {
        try {
          await work();
        } catch (error) {
          if (error instanceof TaskGroupError) throw error.errors.at(0);
                                                     ~~~~~~~~~~~~~~~~~~ first
          throw error;
        }
      }
    `,
    'a text': `${start}
      export function fail(error: TaskGroupError, kind: number): never {
        if (kind === 0) throw new Error(\`failed: \${error.message}\`);
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ text
        if (kind === 1) throw new Error('failed: ' + error);
                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ text
        throw new RangeError(String(error));
              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ text
      }
    `,
  },
  misses: {
    'an error that is taken out before': `${start}
      export function fail({ errors }: TaskGroupError): never {
        throw errors[0];
      }
    `,
  },
});
