import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT } from '../local/aws/checkout.ts';
import { ensurePython } from '../local/aws/python.ts';
import { TALLY_FILE } from './closingLine.ts';
import { closingLine, type Tally } from './tally.ts';

/*
 * `npm test`: everything that must be right before a change goes in. Every step runs, whatever an earlier
 * one said; a failed step that is not the tests themselves counts as one failure in the closing line.
 * Arguments go to vitest: `npm test -- test/core`.
 */

const scratch = mkdtempSync(join(tmpdir(), 'auto-ami-test-'));
const tallyFile = join(scratch, 'tally.json');

function tool(name: string, ...args: string[]): boolean {
  const env = { ...process.env, [TALLY_FILE]: tallyFile };
  return (
    spawnSync(join(CHECKOUT, 'node_modules', '.bin', name), args, { cwd: CHECKOUT, env, stdio: 'inherit' })
      .status === 0
  );
}

async function installPython(): Promise<boolean> {
  try {
    await ensurePython({ onInstall: console.log });
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  }
}

function readTally(): Tally {
  try {
    return JSON.parse(readFileSync(tallyFile, 'utf8')) as Tally;
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

const STEPS: readonly (readonly [name: string, run: () => boolean | Promise<boolean>])[] = [
  ['python', installPython],
  ['lint', () => tool('eslint', '.')],
  ['format', () => tool('prettier', '--check', '.')],
  ['types', () => tool('tsc', '--noEmit')],
  ['tests', () => tool('vitest', 'run', ...process.argv.slice(2))],
];

const failedSteps: string[] = [];
for (const [name, run] of STEPS) {
  console.log(`\n── ${name} ${'─'.repeat(70 - name.length)}`);
  const started = Date.now();
  const passed = await run();
  if (!passed) failedSteps.push(name);
  console.log(`   ${name}: ${passed ? 'ok' : 'FAILED'}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

const tally = readTally();
rmSync(scratch, { recursive: true, force: true });
// Failed tests are counted one by one; a test run that failed without counting any counts as one.
const failures = failedSteps.filter((name) => name !== 'tests' || tally.failed === 0).length;
if (failedSteps.length > 0) console.log(`\nFailed: ${failedSteps.join(', ')}`);
console.log(closingLine({ ...tally, failed: tally.failed + failures }));
process.exitCode = failedSteps.length > 0 ? 1 : 0;
