import { setImmediate as soon } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Queues } from '../../src/queues.js';

/** Work that notes when it starts, and ends when it is told to. */
function recorder() {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => () => {
    started.push(name);
    return new Promise<string>((resolve) => {
      ends.set(name, () => resolve(name));
    });
  };
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.();
    await soon();
  };
  return { started, work, end };
}

describe('Queues', () => {
  it('runs work of one key in its order, and other keys beside it', async () => {
    const { started, work, end } = recorder();
    const queues = new Queues();
    void queues.run('a', work('a1'));
    void queues.run('a', work('a2'));
    void queues.run('b', work('b1'));
    await soon();
    expect(started).toEqual(['a1', 'b1']);
    await end('a1');
    expect(started).toEqual(['a1', 'b1', 'a2']);
  });

  it('starts no more at once than it may, the others in the order they came', async () => {
    const { started, work, end } = recorder();
    const queues = new Queues(2);
    for (const key of ['a', 'b', 'c', 'd']) void queues.run(key, work(key));
    await soon();
    expect(started).toEqual(['a', 'b']);
    await end('b');
    expect(started).toEqual(['a', 'b', 'c']);
    await end('a');
    await end('c');
    expect(started).toEqual(['a', 'b', 'c', 'd']);
    await end('d');
    void queues.run('e', work('e'));
    void queues.run('f', work('f'));
    void queues.run('g', work('g'));
    await soon();
    expect(started.slice(4)).toEqual(['e', 'f']);
  });

  it('lets other keys go on while work rests, and its own key wait until it is over', async () => {
    const { started, work, end } = recorder();
    const queues = new Queues(1);
    const first = queues.run('a', (rest) => {
      rest();
      rest();
      return work('a1')();
    });
    void queues.run('a', work('a2'));
    void queues.run('b', work('b'));
    void queues.run('c', work('c'));
    await soon();
    expect(started).toEqual(['a1', 'b']);
    await end('a1');
    await expect(first).resolves.toBe('a1');
    expect(started).toEqual(['a1', 'b']);
    await end('b');
    expect(started).toEqual(['a1', 'b', 'c']);
    await end('c');
    expect(started).toEqual(['a1', 'b', 'c', 'a2']);
  });

  it('goes on after work that fails', async () => {
    const queues = new Queues(1);
    const failed = queues.run('a', () => Promise.reject(new Error('no')));
    const next = queues.run('a', async () => 'done');
    await expect(failed).rejects.toThrow('no');
    await expect(next).resolves.toBe('done');
  });
});
