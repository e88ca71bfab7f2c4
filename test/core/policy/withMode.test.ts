import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parsePolicy } from '../../../src/core/policy/parsePolicy.ts';
import { DEFAULT_POLICY } from '../../../src/core/policy/policy.ts';
import { setYaml } from '../../../src/core/policy/setYaml.ts';
import { templatePolicy } from '../../../src/core/policy/templatePolicy.ts';
import { withMode } from '../../../src/core/policy/withMode.ts';

const NOW = Date.UTC(2026, 10, 24);

function deployed(text: string) {
  const parsed = parsePolicy(text, { now: NOW });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return { text, policy: parsed.policy };
}

/** The lines that are in one text only. */
function changedLines(before: string, after: string) {
  const [was, is] = [before.split('\n'), after.split('\n')];
  return {
    gone: was.filter((line) => !is.includes(line)),
    added: is.filter((line) => !was.includes(line)),
  };
}

describe.each(['default', 'education', 'research'])('docs/policies/%s.yaml', (name) => {
  const before = deployed(readFileSync(`docs/policies/${name}.yaml`, 'utf8'));

  test('another mode for all changes one line', () => {
    const after = withMode(before, { mode: 'act' }, NOW);
    expect(after?.policy).toEqual({ ...before.policy, mode: 'act' });
    const lines = changedLines(before.text, after?.text ?? '');
    expect(lines.added).toEqual(['  mode: act']);
    expect(lines.gone.length).toBeLessThanOrEqual(1);
  });

  test('another mode for one template leaves all others, and every comment', () => {
    const after = withMode(before, { mode: 'stopped', template: 'python-ml' }, NOW);
    expect(templatePolicy(after!.policy, 'python-ml').mode).toBe('stopped');
    expect(after?.policy.mode).toBe(before.policy.mode);
    for (const comment of before.text.match(/# .*/g) ?? []) expect(after?.text).toContain(comment);
  });

  test('there and back again gives the same text', () => {
    const there = withMode(before, { mode: 'act' }, NOW);
    const back = withMode(there!, { mode: 'observe' }, NOW);
    const again = withMode(back!, { mode: 'act' }, NOW);
    expect(again).toEqual(there);
  });
});

test('a deployment without a policy gets its first one', () => {
  expect(withMode({ text: '', policy: DEFAULT_POLICY }, { mode: 'act' }, NOW)).toEqual({
    text: 'auto_ami_policy:\n  mode: act\n',
    policy: { ...DEFAULT_POLICY, mode: 'act' },
  });
  expect(
    withMode({ text: '', policy: DEFAULT_POLICY }, { mode: 'act', template: 'r-research' }, NOW)?.policy
      .templates,
  ).toEqual({ 'r-research': { mode: 'act' } });
});

test('a mode that the file did not name, but the deployment had, is kept', () => {
  const kept = {
    text: 'auto_ami_policy:\n  daily_budget: 40\n',
    policy: { ...deployed('auto_ami_policy:\n  daily_budget: 40\n').policy, mode: 'act' as const },
  };
  const after = withMode(kept, { mode: 'stopped', template: 'python-ml' }, NOW);
  expect(after?.policy.mode).toBe('act');
});

test.each([
  ['a quoted value', 'p:\n  mode: "observe" # now\n', 'p:\n  mode: act # now\n'],
  ['no value', 'p:\n  mode: # now\n  a: 1\n', 'p:\n  mode: act # now\n  a: 1\n'],
  ['one line', 'p: { mode: observe, a: 1 }\n', 'p: { mode: act, a: 1 }\n'],
  ['one line without it', 'p: { a: 1 } # so\n', 'p: { a: 1, mode: act } # so\n'],
  ['a wider indent', 'p: # top\n    # first\n    a: 1\n', 'p: # top\n    mode: act\n    # first\n    a: 1\n'],
  ['the line ends of Windows', 'p:\r\n  a: 1\r\n', 'p:\r\n  mode: act\r\n  a: 1\r\n'],
  ['nothing below the key', 'p:\n', 'p:\n  mode: act\n'],
])('%s', (_, before, after) => {
  expect(setYaml(before, ['p', 'mode'], 'act')).toBe(after);
});
