export interface S {
  rate: number;
  seed: number;
  signal: AbortSignal;
}
export function streamSimulation(o: S & Record<string, unknown>): Promise<void> {
  void o;
  return Promise.resolve();
}
