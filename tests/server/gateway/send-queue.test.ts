/** A slow reader gets the latest of everything, in order, or a new snapshot. */
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { liveCounters, type LiveCounters } from '../../../server/gateway/live-counters.ts';
import { SendQueue } from '../../../server/gateway/send-queue.ts';

let sent: string[];
let sink: { bufferedAmount: number; send(text: string): void };
let queue: SendQueue;
let counters: LiveCounters;

beforeEach(() => {
  sent = [];
  sink = { bufferedAmount: 0, send: (text) => sent.push(text) };
  counters = liveCounters();
  queue = new SendQueue(sink, counters);
});

const slow = (): void => {
  sink.bufferedAmount = 100_000;
};
const fast = (): void => {
  sink.bufferedAmount = 0;
};

describe('a send queue', () => {
  it('sends at once while the socket takes it', () => {
    queue.push('a', 'x');
    queue.push('b', 'x');
    expect(sent).toEqual(['a', 'b']);
    expect(queue.drain()).toBe(true);
  });

  it('keeps what the socket does not take, in order, until it does', () => {
    slow();
    for (const text of ['a', 'b', 'c']) queue.push(text);
    expect(queue.drain()).toBe(false);
    expect(sent).toEqual([]);
    fast();
    expect(queue.drain()).toBe(true);
    expect(sent).toEqual(['a', 'b', 'c']);
  });

  it('does not let a later frame overtake what waits', () => {
    slow();
    queue.push('a');
    fast();
    queue.push('b');
    expect(sent).toEqual([]);
    queue.drain();
    expect(sent).toEqual(['a', 'b']);
  });

  it('keeps of waiting frames of one kind the latest, behind what came before it', () => {
    slow();
    queue.push('hotspots 1', 'hotspots');
    queue.push('incident 2');
    queue.push('hotspots 3', 'hotspots');
    queue.push('incident 4');
    fast();
    queue.drain();
    expect(sent).toEqual(['incident 2', 'hotspots 3', 'incident 4']);
    expect(counters).toMatchObject({ dropped: 1, overflows: 0 });
  });

  it('stops draining as soon as the socket is full again', () => {
    slow();
    for (const text of ['a', 'b', 'c']) queue.push(text);
    sink.send = (text) => {
      sent.push(text);
      if (text === 'b') slow();
    };
    fast();
    expect(queue.drain()).toBe(false);
    expect(sent).toEqual(['a', 'b']);
    fast();
    queue.drain();
    expect(sent).toEqual(['a', 'b', 'c']);
  });

  it('gives a backlog over 1 MB up for a snapshot', () => {
    slow();
    for (let index = 0; index < 11; index++) queue.push('x'.repeat(100_000));
    expect(queue.awaitsSnapshot).toBe(true);
    queue.push('later');
    fast();
    queue.drain();
    expect(sent).toEqual([]);
    expect(counters).toMatchObject({ dropped: 12, overflows: 1 });
    queue.restart('snapshot');
    queue.push('next');
    expect(sent).toEqual(['snapshot', 'next']);
  });

  it('does not take frames that replaced each other for a backlog', () => {
    slow();
    for (let index = 0; index < 100; index++) queue.push('x'.repeat(100_000), 'hotspots');
    expect(queue.awaitsSnapshot).toBe(false);
    fast();
    queue.drain();
    expect(sent).toHaveLength(1);
  });

  it('sends rising seqs, every unnamed frame and of each kind the last, however slow the reader', () => {
    const step = fc.record({
      kind: fc.constantFrom('', '', 'a', 'b'),
      buffered: fc.constantFrom(0, 100_000),
      drain: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        sent = [];
        queue = new SendQueue(sink, counters);
        const names = steps.map(({ kind }, seq) => `${seq} ${kind}`);
        steps.forEach(({ kind, buffered, drain }, seq) => {
          sink.bufferedAmount = buffered;
          queue.push(names[seq] ?? '', kind === '' ? undefined : kind);
          if (drain) queue.drain();
        });
        fast();
        queue.drain();
        const seqs = sent.map((text) => Number.parseInt(text, 10));
        expect(seqs).toEqual(seqs.toSorted((one, other) => one - other));
        const unnamed = names.filter((name) => name.endsWith(' '));
        expect(sent.filter((text) => text.endsWith(' '))).toEqual(unnamed);
        for (const kind of ['a', 'b']) {
          const ofKind = (text: string): boolean => text.endsWith(` ${kind}`);
          expect(sent.findLast(ofKind)).toBe(names.findLast(ofKind));
        }
      }),
    );
  });
});
