/** A kept past for tests of replay: announcements of two lives of LIVE, answered as the server does, in small chunks. */
import { formatInstant, HOUR_MS } from '../../shared/time.ts';
import type { Delta, ShownIncident } from '../../shared/messages.ts';
import type { ReplayChunk, ReplayState } from '../../shared/replay.ts';
import type { Answer } from '../../client/state/answer.ts';
import type { ReplaySource, ReplayStretch, ReplayWhere } from '../../client/state/replay-source.ts';
import { incident, NOON, snapshot, stored } from './frames.ts';

export interface Told {
  epoch: string;
  stampMs: number;
  delta: Delta;
}

/** Each a new incident, `everyMs` apart, from NOON on. */
export function incidentsTold(count: number, everyMs: number, epoch = 'first', from = NOON): Told[] {
  return Array.from({ length: count }, (_, n) => {
    const receivedAt = formatInstant(from + (n + 1) * everyMs);
    const of = incident({ id: `${epoch}-${n}`, occurredAt: receivedAt, receivedAt });
    return { epoch, stampMs: from + (n + 1) * everyMs, delta: stored(n + 1, { incident: of }) };
  });
}

export class FakePast implements ReplaySource {
  readonly asked: (ReplayWhere | ReplayStretch)[] = [];
  /** How many announcements one chunk holds. */
  chunk = 50;
  /** Before it one picture an hour is kept. */
  fullFromMs = -Infinity;
  /** What the next questions are answered with instead. */
  refusals: Answer<never>[] = [];
  /** Answers wait here until a test lets them go. */
  held: (() => void)[] | undefined;
  readonly #told: readonly Told[];

  constructor(told: readonly Told[]) {
    this.#told = told;
  }

  async state(where: ReplayWhere): Promise<Answer<ReplayState>> {
    this.asked.push(where);
    await this.#turn();
    const refusal = this.refusals.shift();
    if (refusal !== undefined) return refusal;
    const at = 'atMs' in where ? where.atMs : this.#stampOf(where);
    const full = at >= this.fullFromMs;
    const keptMs = full ? at : Math.floor(at / HOUR_MS) * HOUR_MS;
    const epoch =
      'atMs' in where ? (this.#told.findLast(({ stampMs }) => stampMs <= at)?.epoch ?? 'first') : where.epoch;
    const known = this.#told.filter(
      (told) =>
        told.epoch === epoch && ('atMs' in where ? told.stampMs <= keptMs : told.delta.seq <= where.seq),
    );
    const incidents = known.flatMap(({ delta }) =>
      'changes' in delta ? delta.changes.map((change) => change.incident) : [],
    );
    const seq = known.at(-1)?.delta.seq ?? 0;
    return {
      kind: 'answered',
      value: {
        ...{ epoch, seq, stamp: formatInstant(full ? (known.at(-1)?.stampMs ?? at) : keptMs) },
        ...{ at: formatInstant(at), detail: full ? 'full' : 'hourly' },
        nextStamp: formatInstant(keptMs + HOUR_MS),
        snapshot: snapshot({ seq, serverTime: formatInstant(at), incidents: newestFirst(incidents) }),
      },
    };
  }

  async announced(stretch: ReplayStretch): Promise<Answer<ReplayChunk>> {
    this.asked.push(stretch);
    await this.#turn();
    const refusal = this.refusals.shift();
    if (refusal !== undefined) return refusal;
    const from = 'after' in stretch ? undefined : this.#told.find(({ stampMs }) => stampMs >= stretch.fromMs);
    const epoch = 'after' in stretch ? stretch.after.epoch : (from?.epoch ?? 'first');
    const afterSeq = 'after' in stretch ? stretch.after.seq : (from?.delta.seq ?? 1) - 1;
    const toMs = stretch.toMs ?? Infinity;
    const within = this.#told.filter(
      (told) => told.epoch === epoch && told.delta.seq > afterSeq && told.stampMs <= toMs,
    );
    const frames = within.slice(0, this.chunk);
    const last = frames.at(-1);
    const isCut = frames.length < within.length;
    const later = this.#told.find((told) => told.epoch !== epoch && told.stampMs > (last?.stampMs ?? NOON));
    const isOver = later !== undefined && later.stampMs <= toMs && later.stampMs > (last?.stampMs ?? 0);
    return {
      kind: 'answered',
      value: {
        epoch,
        frames: frames.map(({ stampMs, delta }) => ({ stamp: formatInstant(stampMs), delta })),
        upTo: last === undefined ? null : { epoch, seq: last.delta.seq, stamp: formatInstant(last.stampMs) },
        next:
          isCut && last !== undefined
            ? { epoch, afterSeq: last.delta.seq, anew: false }
            : isOver
              ? { epoch: later.epoch, afterSeq: later.delta.seq, anew: true }
              : null,
      },
    };
  }

  letGo(): void {
    const held = this.held ?? [];
    this.held = [];
    for (const go of held) go();
  }

  #turn(): Promise<void> {
    const { held } = this;
    return held === undefined ? Promise.resolve() : new Promise((go) => held.push(go));
  }

  #stampOf({ epoch, seq }: { epoch: string; seq: number }): number {
    return this.#told.find((told) => told.epoch === epoch && told.delta.seq === seq)?.stampMs ?? NOON;
  }
}

function newestFirst(incidents: readonly ShownIncident[]): ShownIncident[] {
  return incidents.toSorted((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1)).slice(0, 500);
}
