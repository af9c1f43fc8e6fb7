/** How gateways ask forecasters for an explanation: a request on `explain.v1.<force>`, answered by whoever has the force's past. */
import type { NatsConnection } from '@nats-io/transport-node';
import type { Cell } from '../../shared/cell.ts';
import type { HorizonHours } from '../../shared/forecast.ts';
import type { Force } from '../../shared/force.ts';
import type { Theme } from '../../shared/theme.ts';
import { EXPLAIN_SUBJECTS, explainSubject } from '../feeds/subjects.ts';
import type { Log } from '../log.ts';
import type { ExplainedForecast } from './explained-forecast.ts';

export interface Asked {
  force: Force;
  theme: Theme;
  horizonHours: HorizonHours;
  /** Fine or coarse. */
  cell: Cell;
}

export type Answer =
  | { explained: ExplainedForecast }
  /** The cell belongs to no area that is forecast. */
  | { unknownCell: true }
  /** There is no forecast now; says why. */
  | { unavailable: string };

/** Who has no history of the force at all keeps silent: another forecaster may. */
export type Answerer = (asked: Asked) => Promise<Answer | undefined>;

/** Answers until the connection closes or `stop` is called. */
export function answerExplanations(
  connection: NatsConnection,
  log: Log,
  answer: Answerer,
): { stop: () => void } {
  const subscription = connection.subscribe(EXPLAIN_SUBJECTS, {
    callback: (error, message) => {
      if (error !== null) return;
      answer(message.json<Asked>())
        .catch((cause: unknown): Answer => {
          log.error({ err: cause }, 'a forecast could not be explained');
          return { unavailable: 'the forecaster failed to explain it; its log says why' };
        })
        .then((answered) => {
          if (answered !== undefined) message.respond(JSON.stringify(answered));
        })
        .catch((cause: unknown) => {
          log.warn({ err: cause }, 'an explanation could not be sent');
        });
    },
  });
  return {
    stop: () => {
      subscription.unsubscribe();
    },
  };
}

/** Longer than a tick over a large force takes. */
const PATIENCE_MS = 3_000;

/** `unavailable` too where nobody answers. */
export async function askForecaster(connection: NatsConnection, asked: Asked): Promise<Answer> {
  try {
    const reply = await connection.request(explainSubject(asked.force), JSON.stringify(asked), {
      timeout: PATIENCE_MS,
    });
    return reply.json<Answer>();
  } catch {
    return { unavailable: 'no forecaster answers for this force: ask again in a moment' };
  }
}
