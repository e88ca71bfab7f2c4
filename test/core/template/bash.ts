import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface BashResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function bash(
  script: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): BashResult {
  const result = spawnSync('bash', [...args], {
    input: script,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...env },
  });
  return { code: result.status, stdout: result.stdout, stderr: result.stderr };
}

/** What bash says against the syntax of a script: nothing when it is right. */
export function syntaxError(script: string): string {
  const { code, stderr } = bash(script, ['-n']);
  return code === 0 && stderr === '' ? '' : `${stderr}\n${script}`;
}

/** A folder of its own, gone afterwards. */
export function inFolder<Result>(use: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'auto-ami-test-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One command a script would have run: its words, the first its name. */
export type Call = readonly string[];

/** Questions that are answered by no where all is well. */
export const ALL_WELL = ['systemctl is-failed'] as const;

/**
 * Runs a generated script where nothing it calls exists: every command is written down, with its words as bash
 * understood them, and succeeds, except those that begin with words that are to fail. Only what bash does itself
 * happens, in a scratch folder.
 */
export function rehearse(
  script: string,
  failing: readonly string[] = ALL_WELL,
): { readonly calls: readonly Call[]; readonly result: BashResult } {
  return inFolder((folder) => {
    const log = join(folder, 'log');
    writeFileSync(log, '');
    mkdirSync(join(folder, 'files'));
    writeFileSync(join(folder, 'expected'), 'sum name\n');
    const stage = [
      'PATH=/nowhere',
      'command_not_found_handle() {',
      `  { printf '%s\\0' "$@"; printf '\\1\\0'; } >> '${log}'`,
      ...failing.map((words) => `  case "$*" in '${words}' | '${words} '*) return 1 ;; esac`),
      '}',
      'bash() { command_not_found_handle bash "$@"; }',
      `mktemp() { echo '${folder}'; }`,
      'grep() { command_not_found_handle grep "$@"; }',
      // Reads what it is given: otherwise who gives it is killed by SIGPIPE, if this one ends first.
      'sha256sum() { while read -r; do :; done; command_not_found_handle sha256sum "$@"; }',
    ].join('\n');
    // Programs given by path are looked up nowhere; by name they are written down like the others.
    const result = bash(`${stage}\n${script.replaceAll(/\/opt\/(?:miniforge|python)\/bin\//g, '')}`);
    const calls = readFileSync(log, 'utf8')
      .split('\u0001\0')
      .filter((call) => call !== '')
      .map((call) => call.split('\0').slice(0, -1));
    return { calls, result };
  });
}
