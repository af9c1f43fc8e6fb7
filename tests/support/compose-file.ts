/** Reads docker-compose.yml as Docker would: variables replaced by their values, or refused where they must be given. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';

export interface ComposeService {
  image: string;
  build?: string;
  command?: string[];
  environment: Record<string, string>;
  ports: string[];
  volumes: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
}

export interface ComposeFile {
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
}

/** Throws the message that the file has for a variable which is missing. */
export function readCompose(variables: Readonly<Record<string, string>>): ComposeFile {
  const text = readFileSync(resolve(import.meta.dirname, '../../docker-compose.yml'), 'utf8');
  return filled(parse(text) as unknown, variables) as ComposeFile;
}

/** As Docker does, only after the file was parsed: a value stays one, whatever characters it has. */
function filled(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((part) => filled(part, variables));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, filled(part, variables)]));
  }
  if (typeof value !== 'string') return value;
  return value.replaceAll(
    /\$\{(\w+)(?::([?-])([^}]*))?\}/g,
    (_all, name: string, mark: string | undefined, rest: string | undefined = '') => {
      const given = variables[name] ?? '';
      if (given === '' && mark === '?') throw new Error(rest);
      return given === '' ? rest : given;
    },
  );
}
