import { sleep, type TaskContext, timeout } from 'mooring';

async function ask(question: string, scope: TaskContext): Promise<string> {
  await sleep(2_000, scope);
  return `an answer to ${question}`;
}

const answer = await timeout(500, (deadline) => ask('how deep?', deadline), {
  name: 'question',
  fallback: () => 'the cache answers instead',
});
console.log(answer);
