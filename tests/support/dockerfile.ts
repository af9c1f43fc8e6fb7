/** Reads a Dockerfile as far as ours goes: stages, and in each what is done, in order. */

export interface Stage {
  /** The image or the stage that it begins with. */
  from: string;
  /** Empty for the last one, which nobody refers to. */
  name: string;
  steps: { keyword: string; text: string }[];
}

export function readDockerfile(source: string): Stage[] {
  const lines = source
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n');
  const stages: Stage[] = [];
  for (const line of lines) {
    const [, keyword = '', text = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (keyword === 'FROM') {
      const [, from = '', name = ''] = /^(\S+)(?: AS (\S+))?$/.exec(text) ?? [];
      stages.push({ from, name, steps: [] });
    } else stages.at(-1)?.steps.push({ keyword, text });
  }
  return stages;
}

/** What `CMD ["a", "b"]`, or the CMD of a HEALTHCHECK, starts. Throws where it is in the form that a shell would run. */
export function execForm(text: string): string[] {
  const command: unknown = JSON.parse(text.replace(/^.*?(CMD\s+)?(?=\[)/, ''));
  if (Array.isArray(command) && command.every((part) => typeof part === 'string')) return command;
  throw new TypeError(`not in exec form: ${text}`);
}

/** `ENV A=1 B=2` */
export function assignments(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(/\s+/).map((part) => [part.replace(/=.*$/, ''), part.replace(/^[^=]*=/, '')]),
  );
}
