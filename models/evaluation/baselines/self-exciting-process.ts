/** The self-exciting process: each cell has its own steady rate, and each incident raises it for a while. */
import { DAY_MS } from '../../../shared/time.ts';
import type { Baseline, PlaceMap, TrainingPast } from './baseline.ts';
import { fitSelfExcitingProcess, type SelfExcitingProcess } from './self-exciting-fit.ts';
import { tune, type Candidate } from './tuning.ts';

const DAYS = 730;
// Where two years had nothing the process expects nothing, ever.
const EVEN_SPREAD = 0.003;

export const SELF_EXCITING_PROCESS: Baseline = {
  name: 'self-exciting',
  title: 'self-exciting process',
  source:
    'Mohler et al. (2015), as in PredictCode: fitted by EM to the two years before the test; reports of one minute do not bring each other on.',
  fit: (past) => ({ ...fitted(past, DAYS), evenSpread: EVEN_SPREAD }),
};

const TUNED_DAYS = [365, 730, 1461, Infinity] as const;

/** Stronger than what is usual: how much past it is fitted to matters more than all else. */
export const SELF_EXCITING_PROCESS_TUNED: Baseline = {
  name: 'self-exciting-tuned',
  title: 'self-exciting process, tuned',
  source: 'The same; how much of the past it is fitted to is tuned, and how much is spread evenly.',
  fit: (past) => {
    const [first] = past.windows;
    if (first === undefined) return { ...fitted(past, DAYS), evenSpread: EVEN_SPREAD };
    // To be judged on the training period it must not have been fitted to it.
    const before: TrainingPast = { ...past, known: first.known, untilMs: first.window.fromMs };
    const candidates = TUNED_DAYS.map((days) => ({ days, ...fitted(before, days) }));
    const { open, evenSpread } = tune(candidates, past.windows);
    const days = candidates.find((candidate) => candidate.open === open)?.days ?? DAYS;
    return { ...fitted(past, days), evenSpread };
  },
};

function fitted({ known, ground, untilMs }: TrainingPast, mostDays: number): Candidate {
  const process = fitSelfExcitingProcess(known, ground.size, untilMs, mostDays);
  const { days, offspring, decayPerDay } = process;
  return { parameters: { days: Math.round(days), offspring, decayPerDay }, open: () => excitedMap(process) };
}

// Older incidents bring on less than a millionth of what they did.
const FORGOTTEN_AFTER = Math.log(1e6);

/** Leaves out what the window's own incidents will bring on within it. */
function excitedMap({ backgroundPerDay, offspring, decayPerDay }: SelfExcitingProcess): PlaceMap {
  return {
    at: (known, { fromMs, toMs }) => {
      const days = (toMs - fromMs) / DAY_MS;
      const map = backgroundPerDay.map((perDay) => perDay * days);
      const withinWindow = offspring * -Math.expm1(-decayPerDay * days);
      for (let i = 0; i < known.count; i++) {
        const decay = (decayPerDay * (fromMs - (known.atMs[i] ?? 0))) / DAY_MS;
        const cell = known.cell[i] ?? -1;
        if (decay < FORGOTTEN_AFTER && cell >= 0)
          map[cell] = (map[cell] ?? 0) + withinWindow * Math.exp(-decay);
      }
      return map;
    },
  };
}
