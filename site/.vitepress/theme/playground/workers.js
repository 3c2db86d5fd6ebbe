/** The two workers: one lints for as long as the page is open, one runs a single program. */
import { withBase } from 'vitepress';

const MODULES = [
  ...['mooring', 'mooring/inspect', 'mooring/limiter', 'mooring/retry'],
  ...['mooring/testing', 'mooring/time'],
];

/** A program that goes on for ever is ended. */
const LONGEST = 20_000;

function addressOf(file) {
  return new URL(withBase(`/playground-files/${file}`), location.href).href;
}

export function startLinter() {
  const worker = new Worker(addressOf('lint.js'), { type: 'module' });
  const waiting = new Map();
  let count = 0;
  worker.onmessage = ({ data: { id, answer, failure } }) => {
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (failure === undefined) resolve(answer);
    else reject(new Error(failure));
  };
  // It did not load: there is no answer to wait for.
  worker.onerror = ({ message }) => {
    for (const { reject } of waiting.values()) reject(new Error(message || 'It cannot be loaded.'));
    waiting.clear();
  };
  const ask = (question) =>
    new Promise((resolve, reject) => {
      waiting.set(count, { resolve, reject });
      worker.postMessage({ id: count++, ...question });
    });
  const modules = Object.fromEntries(MODULES.map((name) => [name, addressOf(`${name}.js`)]));
  return {
    lint: (text, preset) => ask({ ask: 'lint', text, preset }),
    javascriptOf: (text) => ask({ ask: 'javascript', text, modules }),
    end: () => worker.terminate(),
  };
}

/** Runs JavaScript in a worker of its own. `hear` is told what `run/worker.js` says. */
export function startProgram(javascript, hear) {
  const worker = new Worker(addressOf('run.js'), { type: 'module' });
  const end = (how) => {
    clearTimeout(timer);
    worker.terminate();
    hear({ is: 'over', at: Date.now(), how });
  };
  const timer = setTimeout(() => end(`stopped after ${LONGEST / 1000} s`), LONGEST);
  worker.onmessage = ({ data }) => {
    if (data.is === 'ended') end('ended');
    else hear(data);
  };
  worker.postMessage(javascript);
  return { stop: () => end('stopped') };
}
