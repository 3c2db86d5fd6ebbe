/**
 * Runs one program, and tells what it prints and what runs in it, until nothing is left that could go
 * on, as a process of Node does. Asked once, with its JavaScript.
 */
import { openWork } from './open-work.js';
import { shown } from './shown.js';
import { listen } from './tracers.js';

const print = (level, values) =>
  self.postMessage({ is: 'printed', at: Date.now(), level, text: values.map(shown).join(' ') });
for (const level of ['log', 'info', 'debug', 'warn', 'error']) {
  console[level] = (...values) => print(level, values);
}

listen((row) => self.postMessage({ is: 'row', row }));

const failed = (error) => print('error', [`Uncaught ${shown(error)}`]);
self.addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  failed(event.reason);
});
self.addEventListener('error', (event) => {
  event.preventDefault();
  failed(event.error ?? event.message);
});

self.onmessage = async ({ data }) => {
  const url = URL.createObjectURL(new Blob([data], { type: 'text/javascript' }));
  const work = openWork(() => self.postMessage({ is: 'ended', at: Date.now() }));
  self.postMessage({ is: 'started', at: Date.now() });
  try {
    await import(url);
  } catch (error) {
    failed(error);
  }
  self.postMessage({ is: 'returned', at: Date.now() });
  work.lookFromNowOn();
};
