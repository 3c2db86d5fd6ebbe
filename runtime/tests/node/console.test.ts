import { inspect } from 'node:util';
import { TaskGroup, timeout } from 'mooring';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { turn, untilAborted } from '../support/promises.js';

describe('in the console', () => {
  it('a group shows its name, state and counts', async () => {
    await TaskGroup.run(
      (group) => {
        for (let i = 0; i < 5; i++) group.createTask(({ signal }) => untilAborted(signal));
        expect(inspect(group)).toBe('Task group "crawl" (open, 2 running, 3 queued)');
        group.cancel();
        expect(inspect({ group })).toContain(
          'Task group "crawl" (cancelling, 2 running, 0 queued)',
        );
      },
      { name: 'crawl', limit: 2 },
    );
    const group = new TaskGroup();
    await group.join();
    expect(inspect(group)).toBe('Task group (closed, 0 running, 0 queued)');
  });

  it('a task shows its name and status', async () => {
    await TaskGroup.run((group) => {
      expect(inspect(group.createTask(() => 1, { name: 'page' }))).toBe('task "page" (fulfilled)');
      expect(inspect(group.createTask(async () => 1))).toBe('task #1 (running)');
    });
  });

  it('a timeout shows its state and what is left', async () => {
    await timeout(undefined, (deadline) => {
      expect(inspect(deadline)).toBe('Timeout (active, Infinity ms remaining)');
      deadline.reschedule(0);
      expect(inspect({ deadline })).toContain('Timeout (expiring, 0 ms remaining)');
    });
  });
});

describe('in a log', () => {
  it('a task shows its name and status, and not the tasks beside it', async () => {
    await TaskGroup.run((group) => {
      const page = group.createTask(() => turn(), { name: 'page' });
      group.createTask(() => turn());
      expect(JSON.stringify({ page })).toBe('{"page":{"name":"page","status":"running"}}');
    });
  });
});

describe('U1: a block that is left without join()', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('says nothing in production', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    vi.stubEnv('NODE_ENV', 'production');
    try {
      await using group = new TaskGroup();
      group.createTask(({ signal }) => untilAborted(signal));
    } finally {
      vi.unstubAllEnvs();
    }
    expect(warn).not.toHaveBeenCalled();
  });
});
