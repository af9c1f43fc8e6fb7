/** Makes, in a folder and without Docker, what the Dockerfile would put into an image, and says how it is started. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { assignments, execForm, readDockerfile, type Stage } from './dockerfile.ts';

const ROOT = resolve(import.meta.dirname, '../..');

export interface Image {
  /** Stands for the image's root folder. */
  folder: string;
  workingFolder: string;
  environment: Record<string, string>;
  user: string;
  command: string[];
  healthCheck: string[];
}

/** @param folder is made; each stage gets a folder of its own in it. Throws where a step cannot be taken. */
export function makeImage(folder: string): Image {
  const made = new Map<string, Image>();
  let image: Image | undefined;
  for (const [index, stage] of readDockerfile(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')).entries()) {
    const name = stage.name === '' ? `stage-${index}` : stage.name;
    image = makeStage(join(folder, name), stage, made);
    made.set(name, image);
  }
  if (image === undefined) throw new Error('the Dockerfile has no stage');
  return image;
}

function makeStage(folder: string, { from, steps }: Stage, made: ReadonlyMap<string, Image>): Image {
  mkdirSync(folder, { recursive: true });
  const base = made.get(from);
  if (base !== undefined) copy(base.folder, folder);
  const image: Image = {
    ...{ workingFolder: '/', environment: {}, user: 'root', command: [], healthCheck: [] },
    ...base,
    folder,
  };
  for (const { keyword, text } of steps) {
    if (keyword === 'WORKDIR') {
      image.workingFolder = text;
      mkdirSync(inside(image, text), { recursive: true });
    } else if (keyword === 'COPY') copyStep(image, text, made);
    else if (keyword === 'RUN') runStep(image, text);
    else if (keyword === 'ENV') Object.assign(image.environment, assignments(text));
    else if (keyword === 'USER') image.user = text;
    else if (keyword === 'CMD') image.command = execForm(text);
    else if (keyword === 'HEALTHCHECK') image.healthCheck = execForm(text);
    else if (!['VOLUME', 'EXPOSE'].includes(keyword)) throw new Error(`unknown step ${keyword}`);
  }
  return image;
}

/** The path in the folder that stands for a path in the image. */
function inside({ folder, workingFolder }: Image, path: string): string {
  return join(folder, path.startsWith('/') ? path : join(workingFolder, path));
}

function copyStep(image: Image, text: string, made: ReadonlyMap<string, Image>): void {
  const [, stage, list = ''] = /^(?:--from=(\S+) )?(.*)$/.exec(text) ?? [];
  const [to = '', ...sources] = list.split(/\s+/).reverse();
  for (const source of sources) {
    const from = stage === undefined ? join(ROOT, source) : join(made.get(stage)?.folder ?? '', source);
    if (stage === undefined && !context().has(source)) throw new Error(`.dockerignore keeps ${source} out`);
    if (!existsSync(from)) throw new Error(`there is no ${source} to copy`);
    const target = inside(image, to);
    copy(from, to.endsWith('/') && !lstatSync(from).isDirectory() ? join(target, basename(source)) : target);
  }
}

/** What .dockerignore lets through: it keeps everything out but what it names. */
function context(): Set<string> {
  const [everything, ...named] = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (everything !== '*') throw new Error('.dockerignore begins with something else than *');
  return new Set(named.map((line) => line.replace(/^!/, '')));
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

function runStep(image: Image, command: string): void {
  const folder = inside(image, '.');
  if (command.startsWith('npm ci --omit=dev')) {
    linkPackages(folder);
    // The links alone are removed: behind them lie this machine's own packages.
    for (const path of command.match(/node_modules\/\S+/g) ?? []) {
      const [, name = ''] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
      if (name !== '') rmSync(join(folder, 'node_modules', name), { recursive: true, force: true });
    }
    return;
  }
  // Owners are root's to give; whoever uses the image brings a folder for DATA_DIR.
  if (command.startsWith('install -d -o node')) return;
  const path = `${dirname(process.execPath)}:/usr/bin:/bin`;
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: folder,
    env: { PATH: path },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${command} failed: ${stdout}${stderr}`);
}

/** In place of an installation: links to the packages that one without the tools of development would bring. */
function linkPackages(folder: string): void {
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  const modules = join(folder, 'node_modules');
  for (const [path, { dev = false }] of Object.entries(lock.packages)) {
    const installed = join(ROOT, path);
    if (dev || !/^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) || !existsSync(installed)) continue;
    const link = join(folder, path);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(installed, link);
  }
  mkdirSync(join(modules, '.bin'));
  for (const name of readdirSync(join(ROOT, 'node_modules/.bin'))) {
    symlinkSync(join(ROOT, 'node_modules/.bin', name), join(modules, '.bin', name));
  }
}
