import { expect, test } from 'vitest';
import { readUpstream } from '../../../local/demo/upstream.ts';
import { policyForFeeds, startLocalFeeds } from '../../../local/feeds/localFeeds.ts';
import { DEFAULT_POLICY } from '../../../src/core/policy/policy.ts';
import { parsePolicy } from '../../../src/core/policy/parsePolicy.ts';
import { expectedReplay } from '../../core/evidence/amazonFeeds.ts';
import { comparisonOf, evidenceAt } from '../../feeds/evidenceAt.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');

/** What the independent script found in the whole of the raw data, release by release. */
const expected = expectedReplay().filter(
  ({ image, from, to }) =>
    image === 'default 6.1' &&
    from >= '2023.10.20260120' &&
    from < '2023.10.20260216' &&
    to <= '2023.10.20260216',
);

test('what the local run is told of its update is what the whole of the recorded history says', async () => {
  const server = await startLocalFeeds(NOW);
  try {
    const names = readUpstream('amazon-linux-2023').releases.map(({ images }) => images[0]?.name ?? '');
    const [from = '', to = ''] = names;
    const found = await evidenceAt(server, { now: () => NOW }).assess(
      comparisonOf('amazon-linux-2023', from, to),
    );
    expect(found).toMatchObject({ type: 'security', level: 'high', confidence: 'exact' });
    const ids = new Set(expected.flatMap(({ advisories }) => advisories.map((each) => each.split(' ')[0])));
    expect(new Set(found.advisories.map(({ id }) => id))).toEqual(ids);
    expect(new Set(found.cves)).toEqual(new Set(expected.flatMap(({ cves }) => cves)));
    expect(found.sources.map(({ state }) => state)).not.toContain('down');
  } finally {
    await server.close();
  }
});

test('the policy sends every source there', () => {
  const lines = policyForFeeds('http://127.0.0.1:4599').map(({ key, value }) => {
    const [, source = ''] = key.split('.');
    return `    ${source}:\n      base_url: ${value}`;
  });
  const parsed = parsePolicy(`auto_ami_policy:\n  evidence:\n${lines.join('\n')}\n`, { source: 'a test' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { sources } = parsed.policy.evidence;
  expect(Object.keys(sources)).toEqual(Object.keys(DEFAULT_POLICY.evidence.sources));
  for (const { baseUrl } of Object.values(sources)) expect(baseUrl).toBe('http://127.0.0.1:4599');
});
