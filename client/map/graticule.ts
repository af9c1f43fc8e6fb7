/** Steps and labels of the lines of latitude and longitude. */

const STEPS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30] as const;

/** The finest round step, in degrees, that leaves lines at least `leastDegrees` apart. */
export function graticuleStep(leastDegrees: number): number {
  return STEPS.find((step) => step >= leastDegrees) ?? 30;
}

/** `51.50° N`, with as many decimals as the step needs. */
export function degreesLabel(degrees: number, step: number, positive: string, negative: string): string {
  const decimals = step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : 3;
  const side = Math.abs(degrees) < step / 2 ? '' : degrees > 0 ? ` ${positive}` : ` ${negative}`;
  return `${Math.abs(degrees).toFixed(decimals)}°${side}`;
}
