import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';
import { closingLine, type Tally } from './tally.ts';

/** Names the file that takes the tally instead of the terminal: `run.ts` then prints the closing line. */
export const TALLY_FILE = 'AUTO_AMI_TALLY_FILE';

function countTests(tests: readonly TestCase[]): Tally {
  const states = tests.map((test) => test.result().state);
  const count = (state: string): number => states.filter((each) => each === state).length;
  // A test that never came to a result did not pass: the run was broken off.
  return { passed: count('passed'), failed: count('failed') + count('pending'), skipped: count('skipped') };
}

/** Files that could not be loaded and suites whose hooks failed count once each, beside their tests. */
function countErrors(module: TestModule): number {
  const suites = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0);
  return suites.length + (module.errors().length > 0 ? 1 : 0);
}

function tallyOf(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Tally {
  const tally = countTests(modules.flatMap((module) => [...module.children.allTests()]));
  const errors = modules.map(countErrors).reduce((sum, count) => sum + count, unhandled.length);
  return { ...tally, failed: tally.failed + errors };
}

/** Says how many tests passed, failed and were skipped, as the very last line of the process. */
export default class ClosingLine implements Reporter {
  private counted: Tally = { passed: 0, failed: 0, skipped: 0 };

  constructor() {
    process.once('exit', (code) => {
      // A run that fails without a failing test, such as in its set-up, counts as one failure.
      const tally = code !== 0 && this.counted.failed === 0 ? { ...this.counted, failed: 1 } : this.counted;
      const file = process.env[TALLY_FILE];
      if (file) writeFileSync(file, JSON.stringify(tally));
      else process.stdout.write(`${closingLine(tally)}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): void {
    this.counted = tallyOf(modules, unhandled);
  }
}
