/** `npm run bench [-- NAME…]`: measures, and prints one JSON object per figure. */
import { BENCHMARKS } from '../../tests/bench/benchmarks.ts';
import { runCommand, UsageError } from './run-command.ts';

const USAGE = `npm run bench [-- NAME…]
  names: ${BENCHMARKS.flatMap(({ names }) => names).join(', ')}`;

void runCommand(USAGE, async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !BENCHMARKS.some(({ names }) => names.includes(name)));
  if (unknown !== undefined) throw new UsageError(`there is no benchmark "${unknown}"`);
  for (const benchmark of BENCHMARKS) {
    const isNamed = benchmark.names.some((name) => wanted.includes(name));
    if (!isNamed && (wanted.length > 0 || benchmark.onlyWhenNamed === true)) continue;
    // Progress goes to standard error: standard output holds figures only.
    const figures = await benchmark.run((line) => {
      console.error(line);
    });
    for (const figure of figures) {
      if (wanted.length === 0 || wanted.includes(figure.name)) console.log(JSON.stringify(figure));
    }
  }
});
