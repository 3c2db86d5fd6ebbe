/**
 * Loaded before a linter: writes down, when it ends, what it has cost with the checker that it has
 * started. The checker is killed at the end, so that nobody else can ask for its times.
 */
import { ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const TICKS_PER_SECOND = 100;

/** Those that were killed before the end, which is asked of them at that moment. */
const killed = new Map();
const { kill } = ChildProcess.prototype;
ChildProcess.prototype.kill = function (...args) {
  if (this.pid !== undefined) killed.set(String(this.pid), usageOf(this.pid));
  return kill.apply(this, args);
};

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    .split(' ')
    .filter((pid) => pid !== '' && !killed.has(pid))
    .map(usageOf)
    .concat(...killed.values());
  const usage = {
    cpu: (userCPUTime + systemCPUTime) / 1e6 + sum(children.map(({ cpu }) => cpu)),
    memory: maxRSS / 1024,
    checkerMemory: sum(children.map(({ memory }) => memory)),
  };
  writeFileSync(process.env.BENCHMARK_USAGE, JSON.stringify(usage));
});

function usageOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [utime, stime] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13);
  const [, peak] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [0, 0];
  return { cpu: (Number(utime) + Number(stime)) / TICKS_PER_SECOND, memory: Number(peak) / 1024 };
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
