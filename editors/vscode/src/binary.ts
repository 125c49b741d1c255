import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a binary is looked for. */
export interface Places {
  /** The setting etamil.path, or "". */
  setting: string;
  /** The folders of the workspace; empty where the workspace is not trusted, whose programs must not be run. */
  folders: readonly string[];
  /** The PATH of the environment. */
  path: string;
  home: string;
  windows: boolean;
}

/** What was found: a file, or where it was looked for in vain. */
export type Found = { file: string } | { looked: string[] };

/** Says whether a path is a file that may be run. */
export type Runs = (path: string) => boolean;

/**
 * Finds the etamil binary: what the setting names and nothing else where it is set; else the first of PATH, where Go and
 * `make install` put binaries, and the workspace.
 */
export function find(places: Places, runs: Runs = isExecutable): Found {
  const files = places.setting === '' ? usual(places) : named(places);
  const file = files.find(runs);
  return file === undefined ? { looked: files } : { file };
}

function named(places: Places): string[] {
  const setting = places.setting.replace(/^~(?=$|[\\/])/, places.home);
  if (!setting.includes('${workspaceFolder}')) {
    return [setting];
  }
  return places.folders.map((folder) => setting.replaceAll('${workspaceFolder}', folder));
}

function usual(places: Places): string[] {
  const name = places.windows ? 'etamil.exe' : 'etamil';
  const folders = places.path.split(places.windows ? ';' : delimiter).filter((folder) => folder !== '');
  folders.push(join(places.home, 'go', 'bin'), join(places.home, '.local', 'bin'));
  folders.push(...places.folders.flatMap((folder) => [join(folder, 'bin'), folder]));
  return [...new Set(folders.map((folder) => join(folder, name)))];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** What a run of the binary gave. */
export interface Run {
  code: number;
  out: string;
  err: string;
}

/** Runs the binary with a text on its standard input. The promise fails only where the binary cannot be started. */
export function run(file: string, args: readonly string[], input = '', folder?: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024, timeout: 30_000 };
    const child = execFile(file, args, options, (error, out, err) => {
      if (error === null) {
        resolve({ code: 0, out, err });
      } else if (typeof error.code === 'number') {
        resolve({ code: error.code, out, err });
      } else {
        reject(error);
      }
    });
    // A binary that does not read its input closes it; that is no fault of ours.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** The version that a binary tells of itself, or undefined where it is none of ours. */
export async function version(file: string): Promise<string | undefined> {
  try {
    const { code, out } = await run(file, ['version', '--json']);
    const told: unknown = code === 0 ? JSON.parse(out) : undefined;
    return isVersion(told) ? told.version : undefined;
  } catch {
    return undefined;
  }
}

function isVersion(value: unknown): value is { version: string } {
  return typeof value === 'object' && value !== null && 'version' in value && typeof value.version === 'string';
}

/** Tells whether the binary has a command, such as "test", which older ones have not. */
export async function has(file: string, command: string): Promise<boolean> {
  try {
    return (await run(file, ['help', command])).code === 0;
  } catch {
    return false;
  }
}
