import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensurePython } from '../../../local/aws/python.ts';
import { script, temporaryDirectory } from './temporary.ts';

interface FakePython {
  readonly name?: string;
  readonly version?: string;
  readonly venv?: string;
  readonly pip?: string;
}

/** A PATH with programs that behave like Pythons, and a checkout of their own. */
function aMachine(...pythons: readonly FakePython[]) {
  const home = temporaryDirectory();
  const bin = join(home, 'bin');
  mkdirSync(bin);
  const requirements = join(home, 'requirements.txt');
  writeFileSync(requirements, 'ministack==1.5.33\n');
  for (const { name = 'python3', version = '3.12.1', venv = 'exit 0', pip = 'exit 0' } of pythons) {
    const file = join(bin, name);
    script(
      file,
      `case "$2" in
  venv) ${venv === 'exit 0' ? '/bin/mkdir -p "$3/bin"; /bin/cp "$0" "$3/bin/python"' : venv} ;;
  pip) echo "pip $*" >> ${join(home, 'pip-calls')}; ${pip} ;;
  *) echo ${version} ;;
esac`,
    );
  }
  const installs: string[] = [];
  const localDir = join(home, '.local');
  const ensure = (extra: NodeJS.ProcessEnv = {}) =>
    ensurePython({
      localDir,
      requirements,
      env: { PATH: bin, ...extra },
      onInstall: (said) => installs.push(said),
    });
  const environments = () => readdirSync(join(localDir, 'python-environments'));
  return { bin, localDir, requirements, installs, ensure, environments };
}

test('it is installed once', async () => {
  const machine = aMachine({});
  const python = await machine.ensure();
  expect(await machine.ensure()).toBe(python);
  expect(machine.installs).toHaveLength(1);
  expect(existsSync(join(machine.localDir, 'python', 'bin', 'python'))).toBe(true);
});

test('changed requirements are installed anew', async () => {
  const machine = aMachine({});
  const before = await machine.ensure();
  writeFileSync(machine.requirements, 'ministack==1.5.34\n');
  const after = await machine.ensure();
  expect(after).not.toBe(before);
  expect(await machine.ensure()).toBe(after);
  expect(machine.installs).toHaveLength(2);
});

test('an installation that broke off is made again, and what it left is removed', async () => {
  const machine = aMachine({});
  const half = join(machine.localDir, 'python-environments', 'half');
  mkdirSync(half, { recursive: true });
  writeFileSync(join(half, 'owner.json'), JSON.stringify({ pid: process.pid, startedAt: 'before' }));
  await machine.ensure();
  expect(existsSync(half)).toBe(false);
  expect(machine.environments()).toHaveLength(1);
});

test.each<[string, FakePython[], NodeJS.ProcessEnv, string]>([
  [
    'no Python',
    [],
    {},
    'The local AWS needs Python 3.10 or newer, and none was found (looked for python3, python3.14, python3.13, python3.12, python3.11, python3.10, python). Install one, or set AUTO_AMI_PYTHON to its path.',
  ],
  [
    'only old ones',
    [{ version: '3.9.18' }, { name: 'python', version: '2.7.18' }],
    {},
    'The local AWS needs Python 3.10 or newer, and only older ones were found (python3 is 3.9.18, python is 2.7.18). Install one, or set AUTO_AMI_PYTHON to its path.',
  ],
  [
    'the one asked for does not run',
    [{}],
    { AUTO_AMI_PYTHON: '/nowhere/python' },
    'The local AWS needs Python 3.10 or newer, but AUTO_AMI_PYTHON=/nowhere/python does not run.',
  ],
  [
    'the one asked for is old',
    [{}, { name: 'old', version: '3.8.1' }],
    { AUTO_AMI_PYTHON: 'old' },
    'The local AWS needs Python 3.10 or newer, but AUTO_AMI_PYTHON=old is too old (old is 3.8.1).',
  ],
  [
    'no venv module',
    [{ venv: 'echo "The virtual environment was not created: ensurepip is not available."; exit 1' }],
    {},
    'python3 cannot make a private environment because its venv module is not installed. On Debian and Ubuntu: sudo apt install python3-venv.',
  ],
])('it says what is missing: %s', async (_case, pythons, env, sentence) => {
  const machine = aMachine(...pythons);
  await expect(machine.ensure(env)).rejects.toThrow(sentence);
  expect(machine.environments()).toEqual([]);
});

test('without a network it says so in the words of pip, and nothing half-done stays', async () => {
  const pip =
    'echo "Collecting ministack"; echo "ERROR: No matching distribution found for ministack" >&2; exit 1';
  const machine = aMachine({ pip });
  await expect(machine.ensure()).rejects.toThrow(
    'The Python packages of the local AWS could not be installed; is there a network? pip says: ERROR: No matching distribution found for ministack (all of it: ',
  );
  expect(machine.environments()).toEqual([]);
  expect(readFileSync(join(machine.localDir, 'log', 'python.log'), 'utf8')).toContain('Collecting ministack');
  expect(existsSync(join(machine.localDir, 'python'))).toBe(false);
});

test('a newer Python further on is found, the old one before it passed over', async () => {
  const machine = aMachine({ version: '3.9.18' }, { name: 'python3.11', version: '3.11.7' });
  await machine.ensure();
  expect(machine.installs).toHaveLength(1);
});
