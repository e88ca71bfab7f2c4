import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../../src/core/policy/parsePolicy.ts';
import { problemInWords } from '../../../src/core/policy/problem.ts';

const FOLDER = 'test/core/policy/wrong';
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'));

/** `problems.txt` has a paragraph per file: its name, then all that is to be said about it, in the order of the file. */
const expected = new Map(
  readFileSync(`${FOLDER}/problems.txt`, 'utf8')
    .trimEnd()
    .split('\n\n')
    .map((paragraph) => paragraph.split('\n'))
    .map(([title, ...problems]) => [title!.replace('## ', ''), problems]),
);

describe('a wrong policy file is refused with all of its problems', () => {
  test('there are at least 60, and each one is described', () => {
    expect(files.length).toBeGreaterThanOrEqual(60);
    expect([...expected.keys()].sort()).toEqual([...files].sort());
  });

  test.each(files)('%s', (file) => {
    const parsed = parsePolicy(readFileSync(`${FOLDER}/${file}`));
    expect(parsed.ok ? 'accepted' : parsed.problems.map(problemInWords)).toEqual(expected.get(file));
  });
});

test('a problem has its parts, for programs, and the name of the file, for people', () => {
  const parsed = parsePolicy('auto_ami_policy:\n  security_updates:\n    critical_windw: "1 hour"\n', {
    source: 'p.yaml',
  });
  expect(parsed).toEqual({
    ok: false,
    problems: [
      {
        source: 'p.yaml',
        line: 3,
        column: 5,
        path: 'auto_ami_policy.security_updates.critical_windw',
        expected: 'a known key',
        found: '"critical_windw"',
        suggestion: 'did you mean critical_window?',
      },
    ],
  });
  expect(parsed.ok ? [] : parsed.problems.map(problemInWords)).toEqual([
    'p.yaml:3:5: auto_ami_policy.security_updates.critical_windw: expected a known key, found "critical_windw"; did you mean critical_window?',
  ]);
});
