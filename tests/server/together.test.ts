/** What is under way together is waited for together, and a failure among it is not lost. */
import { describe, expect, it } from 'vitest';
import { Together } from '../../server/together.ts';

describe('things under way together', () => {
  it('are done once all are', async () => {
    const together = new Together();
    const done: string[] = [];
    const gates = ['first', 'second'].map((name) => {
      const gate = Promise.withResolvers<undefined>();
      together.add(gate.promise.then(() => done.push(name)));
      return gate;
    });
    for (const gate of gates.toReversed()) gate.resolve(undefined);
    await together.done();
    expect(done.sort()).toEqual(['first', 'second']);
  });

  it('fail as the first that failed did, though nobody waited then', async () => {
    const together = new Together();
    together.add(Promise.reject(new Error('LIVE is away')));
    together.add(Promise.resolve());
    await new Promise((resolve) => setImmediate(resolve));
    await expect(together.done()).rejects.toThrow('LIVE is away');
  });
});
