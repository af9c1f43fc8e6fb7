/** Keeps what makes the past quick to look at: tallies of the archive about every minute, pictures about every hour. */
import { DAY_MS, HOUR_MS, MINUTE_MS, TimeZone } from '../../shared/time.ts';
import type { PictureSources } from '../gateway/read-picture.ts';
import { SeenBatches } from '../live/seen-batches.ts';
import { inTransaction, type Database, type Transaction } from '../store/database.ts';
import {
  insertKeyframe,
  insertPart,
  insertRun,
  selectNewestKeyframe,
  selectParts,
  type Keyframe,
  type KeyframePart,
} from '../store/replay-keyframe-store.ts';
import { tryReplayLock } from '../store/replay-lock.ts';
import { insertTally, selectTallied, selectTallies } from '../store/replay-tally-store.ts';
import { selectTold, selectWaiting } from '../store/told-store.ts';
import { partsOf, readBase, type BasePicture } from './base-keyframe.ts';
import { SEEN, loadParts } from './keyframe-parts.ts';
import { LivePicture } from '../gateway/live-picture.ts';
import { NextKeyframe } from './next-keyframe.ts';
import { tallyOf, type ToldMessage } from './tally.ts';
import { packTally, unpackTally } from './tally-codec.ts';

export interface KeeperPace {
  /** A tally is due once what waits took so long to be said, */
  tallySpanMs: number;
  /** or is so much. */
  tallyMessages: number;
  tallyBytes: number;
  /** At most so many changes and messages in one. */
  tallyWeight: number;
  /** A picture is due after so long, where going over what came since costs anything, */
  keyframeSpanMs: number;
  /** and in any case after so many changes and messages. */
  keyframeWeight: number;
}

const PACE: KeeperPace = {
  tallySpanMs: MINUTE_MS,
  tallyMessages: 400,
  tallyBytes: 500_000,
  tallyWeight: 5_000,
  keyframeSpanMs: HOUR_MS,
  keyframeWeight: 100_000,
};

/** Under a fast feed clock hours pass in seconds: a picture each is worth it only where much was said in them. */
const WORTH_A_KEYFRAME = 20_000;
const REAL_MINUTES = 30;
/** Messages read at a time. */
const READ = 1_000;

type Asked = Pick<Database, 'query'>;

interface Position extends Keyframe {
  atSeq: number;
  atStampMs: number;
  /** Since the picture. */
  weight: number;
  ageMinutes: number;
}

export class ReplayKeeper {
  readonly #sources: PictureSources;
  readonly #timeZone: TimeZone;
  readonly #pace: KeeperPace;
  /** What was counted up to a place: by this keeper, else read again. */
  #seen: { run: number; seq: number; batches: SeenBatches } | undefined;

  constructor(sources: PictureSources, pace: Partial<KeeperPace> = {}) {
    this.#sources = sources;
    this.#timeZone = new TimeZone(sources.timeZone);
    this.#pace = { ...PACE, ...pace };
  }

  /** Does what is due; returns whether it did anything, and so may have more to do. Of several keepers one does it. */
  async keep(): Promise<boolean> {
    const { database, live, clock } = this.#sources;
    // A feed clock that was not told the time yet would date the picture to its own beginning.
    if (clock.now() < DAY_MS) return false;
    const { epoch, firstSeq } = await live.position();
    const isBroken = async (position: Position | undefined): Promise<boolean> =>
      position === undefined ||
      (firstSeq > position.atSeq + 1 &&
        (await this.#told(database, position, 1))[0]?.seq !== position.atSeq + 1);
    if (await isBroken(await this.#position(database, epoch))) {
      const base = await readBase(this.#sources);
      return this.#alone(async (transaction) => {
        // Another may have begun meanwhile.
        if (!(await isBroken(await this.#position(transaction, epoch)))) return true;
        await this.#begin(transaction, base);
        return true;
      });
    }
    const isTallied = await this.#alone(async (transaction) => {
      const position = await this.#position(transaction, epoch);
      return position !== undefined && this.#tally(transaction, position);
    });
    const isKept = await this.#alone(async (transaction) => {
      const position = await this.#position(transaction, epoch);
      if (position === undefined || !this.#isKeyframeDue(position)) return false;
      await this.#keepPicture(transaction, position);
      return true;
    });
    return isTallied || isKept;
  }

  /** False where another keeper is at work. */
  #alone(work: (transaction: Transaction) => Promise<boolean>): Promise<boolean> {
    return inTransaction(this.#sources.database, async (transaction) =>
      (await tryReplayLock(transaction)) ? work(transaction) : false,
    );
  }

  async #position(transaction: Asked, epoch: string): Promise<Position | undefined> {
    const keyframe = await selectNewestKeyframe(transaction, epoch);
    if (keyframe === undefined) return undefined;
    const { toSeq, toStampMs, weight } = (await selectTallied(transaction, keyframe.run, keyframe.seq)) ?? {
      ...{ toSeq: keyframe.seq, toStampMs: keyframe.stampMs, weight: 0 },
    };
    return { ...keyframe, atSeq: toSeq, atStampMs: Math.max(toStampMs, keyframe.stampMs), weight };
  }

  async #begin(transaction: Transaction, base: BasePicture): Promise<void> {
    const { epoch, picture, stampMs } = base;
    const { run } = await insertRun(transaction, { epoch, fromSeq: picture.seq, fromStampMs: stampMs });
    await insertParts(transaction, { run, seq: picture.seq, stampMs }, partsOf(base));
  }

  #told(transaction: Asked, position: Position, limit: number): Promise<ToldMessage[]> {
    const { epoch, atSeq: afterSeq, atStampMs: afterStampMs } = position;
    return selectTold(
      transaction,
      { epoch, afterSeq, afterStampMs, upToSeq: Number.MAX_SAFE_INTEGER },
      limit,
    );
  }

  async #tally(transaction: Transaction, position: Position): Promise<boolean> {
    const { epoch, run, atSeq: afterSeq, atStampMs: afterStampMs } = position;
    const { tallySpanMs, tallyMessages, tallyBytes } = this.#pace;
    const waiting = await selectWaiting(transaction, { epoch, afterSeq, afterStampMs });
    const isDue =
      waiting.messages > 0 &&
      (waiting.spanMs >= tallySpanMs || waiting.messages >= tallyMessages || waiting.bytes >= tallyBytes);
    if (!isDue) return false;
    const told = withoutHole(afterSeq, await this.#told(transaction, position, READ));
    if (told.length === 0) return false;
    const seen = await this.#seenAt(transaction, position);
    // Until it is committed it is not known what was counted.
    this.#seen = undefined;
    let after = { seq: afterSeq, stampMs: afterStampMs };
    for (const some of this.#portions(told)) {
      const tally = tallyOf(after, some, (part) => seen.isNew(part), this.#timeZone);
      const { fromSeq, toSeq, fromStampMs, toStampMs, known, repeats } = tally;
      const weight = tally.messages + tally.listed.length;
      const body = await packTally(tally);
      const kept = { fromSeq, toSeq, fromStampMs, toStampMs, weight, known, repeats, body };
      await insertTally(transaction, run, kept);
      after = { seq: toSeq, stampMs: toStampMs };
    }
    this.#seen = { run, seq: after.seq, batches: seen };
    return true;
  }

  /** In stretches of a minute, or of so much as one should hold. */
  *#portions(told: readonly ToldMessage[]): Generator<ToldMessage[]> {
    const { tallySpanMs, tallyWeight } = this.#pace;
    let portion: ToldMessage[] = [];
    let weight = 0;
    for (const message of told) {
      const own = 1 + (message.stored?.changes.length ?? 0);
      const spanMs = message.stampMs - (portion[0]?.stampMs ?? message.stampMs);
      const isWhole = weight + own > tallyWeight || (spanMs >= tallySpanMs && weight >= tallyWeight / 20);
      if (portion.length > 0 && isWhole) {
        yield portion;
        [portion, weight] = [[], 0];
      }
      portion.push(message);
      weight += own;
    }
    if (portion.length > 0) yield portion;
  }

  async #seenAt(transaction: Transaction, { run, keyframe, seq, atSeq }: Position): Promise<SeenBatches> {
    if (this.#seen?.run === run && this.#seen.seq === atSeq) return this.#seen.batches;
    const parts = await selectParts(transaction, keyframe, [SEEN]);
    const { seen } = await loadParts(parts, new LivePicture(this.#timeZone));
    const kept = await selectTallies(transaction, run, seq, atSeq);
    const tallies = await Promise.all(kept.map(({ body }) => unpackTally(body)));
    return new SeenBatches([...seen, ...tallies.flatMap(({ parts: names }) => names)]);
  }

  #isKeyframeDue({ weight, stampMs, atStampMs, ageMinutes }: Position): boolean {
    const { keyframeSpanMs, keyframeWeight } = this.#pace;
    if (weight >= keyframeWeight) return true;
    const isWorthIt = weight >= WORTH_A_KEYFRAME || ageMinutes >= REAL_MINUTES;
    return weight > 0 && atStampMs - stampMs >= keyframeSpanMs && isWorthIt;
  }

  async #keepPicture(transaction: Transaction, position: Position): Promise<void> {
    const { run, atSeq: seq, atStampMs: stampMs } = position;
    const moment = {
      ...{ keyframe: position, seq, stampMs, atMs: stampMs },
      ...{ detail: 'full' as const, nextStampMs: null },
    };
    const next = new NextKeyframe(transaction, moment, this.#timeZone);
    await insertParts(transaction, { run, seq, stampMs }, next.parts());
  }
}

async function insertParts(
  transaction: Transaction,
  place: Pick<Keyframe, 'run' | 'seq' | 'stampMs'>,
  parts: AsyncIterable<KeyframePart>,
): Promise<void> {
  const keyframe = await insertKeyframe(transaction, place);
  for await (const part of parts) await insertPart(transaction, keyframe, part);
}

/** What follows one upon the other: more of it may be on its way into the archive. */
function withoutHole(afterSeq: number, told: readonly ToldMessage[]): ToldMessage[] {
  const hole = told.findIndex(({ seq }, index) => seq !== afterSeq + 1 + index);
  return told.slice(0, hole < 0 ? told.length : hole);
}
