import { describe, expect, test } from 'vitest';
import { FUNCTION_NAMES } from '../lib/functionNames.ts';
import { holds, LAYERS, layeringErrors } from './architecture/layers.ts';
import { ambientUses, filesBelow, type Source } from './architecture/sources.ts';

const FOLDERS = ['src', 'lib', 'lambdas', 'cli', 'local', 'bin'] as const;
const TYPESCRIPT = FOLDERS.flatMap((folder) => filesBelow(folder, '.ts'));
/** A rule should be found by its file's name, and read in one go. */
const LONGEST_FILE = 250;

const linesOf = ({ text }: Source): number => text.trimEnd().split('\n').length;
const source = (path: string, text: string): Source => ({ path, text });

describe('the dependency rule (design §9)', () => {
  test('every file imports only what its layer may', () => {
    expect(layeringErrors(TYPESCRIPT)).toEqual([]);
  });

  test('every layer has files', () => {
    const empty = LAYERS.filter(({ at }) => !TYPESCRIPT.some(({ path }) => holds(at, path)));
    expect(empty.map(({ at }) => at)).toEqual([]);
  });

  test.each([
    ['src/core/money/pot.ts', '@aws-sdk/client-dynamodb'],
    ['src/core/money/pot.ts', 'node:crypto'],
    ['src/core/money/pot.ts', '../../ports.ts'],
    ['src/ports.ts', './app/dispatchBuilds.ts'],
    ['src/app/dispatchBuilds.ts', '../aws/table/transact.ts'],
    ['src/app/dispatchBuilds.ts', '../memory/memoryTable.ts'],
    ['src/app/dispatchBuilds.ts', '../contract.ts'],
    ['src/app/dispatchBuilds.ts', '../api/routes.ts'],
    ['src/aws/events.ts', '../app/dispatchBuilds.ts'],
    ['src/memory/memoryEvents.ts', '@aws-sdk/client-eventbridge'],
    ['src/runtime/deployment.ts', '../memory/memoryTable.ts'],
    ['lambdas/reconcile.ts', '../src/aws/events.ts'],
    ['cli/run.ts', '../src/app/reconcile.ts'],
    ['cli/run.ts', '@aws-sdk/client-sts'],
    ['src/api/routes.ts', '../app/reconcile.ts'],
    ['lib/hubStack.ts', '../lambdas/reconcile.ts'],
    ['lib/hubStack.ts', '../src/app/reconcile.ts'],
    ['bin/auto-ami.ts', '../local/start.ts'],
  ])('%s must not import %s', (path, module) => {
    for (const text of [
      `import { x } from '${module}';`,
      `import type { x } from '${module}';`,
      `export * from '${module}';`,
      `const x = await import('${module}');`,
      `import '${module}';`,
    ])
      expect(layeringErrors([source(path, text)]), text).toHaveLength(1);
  });

  test('a folder of no layer is one', () => {
    expect(layeringErrors([source('src/utils/x.ts', '')])).toEqual(['src/utils/x.ts belongs to no layer']);
  });
});

describe('time, environment and chance are arguments of the rules and the use cases', () => {
  test('neither takes them from its surroundings', () => {
    const files = ['src/core', 'src/app', 'src/incoming'].flatMap((folder) => filesBelow(folder, '.ts'));
    expect(files.flatMap(ambientUses)).toEqual([]);
  });

  test.each([
    'Date.now()',
    'new Date()',
    'new Date',
    'Date()',
    'Math.random()',
    'Temporal.Now.instant()',
    "process.env['X']",
    'performance.now()',
    'crypto.randomUUID()',
    'setTimeout(f, 1)',
    '[1].map(fetch)',
    'globalThis.process',
    'const { env } = process',
    'const x = { process }',
    "console.log('x')",
  ])('%s is found', (text) => {
    expect(ambientUses(source('x.ts', `${text};`))).not.toEqual([]);
  });

  test.each([
    'new Date(now)',
    'Date.UTC(2026, 0)',
    'desk.process(x)',
    'const o = { process: 1, fetch() {} }',
    '// Date.now()',
    "'Math.random()'",
    'interface A { readonly fetch: () => void }',
  ])('%s is none', (text) => {
    expect(ambientUses(source('x.ts', `${text};`))).toEqual([]);
  });
});

test(`no file is longer than ${LONGEST_FILE} lines`, () => {
  const long = FOLDERS.flatMap((folder) => filesBelow(folder, '.ts', '.py'))
    .map((file) => [file.path, linesOf(file)] as const)
    .filter(([, lines]) => lines > LONGEST_FILE);
  expect(long).toEqual([]);
});

test('every function of the stacks has its file, and every file its function', () => {
  expect(
    filesBelow('lambdas', '.ts')
      .map(({ path }) => path)
      .sort(),
  ).toEqual(FUNCTION_NAMES.map((name) => `lambdas/${name}.ts`).sort());
});

test('no test replaces a module: where one would have to, a port is missing', () => {
  const replaces = /\bvi\.(?:mock|doMock|hoisted)\(/;
  const tests = filesBelow('test', '.ts').filter(({ text }) => replaces.test(text));
  expect(tests.map(({ path }) => path)).toEqual([]);
});
