import { expect, test } from 'vitest';
import { promotedView, rolledBackView } from '../../../cli/views/activeAmi.ts';
import { SAMPLES } from '../../api/sampleAnswers.ts';

const shown = (lines: readonly string[]): string => lines.join('\n');

test('promoted', () =>
  expect(shown(promotedView(SAMPLES.promote, 110))).toMatchInlineSnapshot(`
  "Promoted python-ml in 1 of 2
  ├── us-east-1 x86_64: ✓ ami-0abc123def0000002 is the active AMI instead of ami-0abc123def0000001, published
  └── us-west-2 x86_64: – no candidate waits"
`));
test('rolled back', () =>
  expect(shown(rolledBackView(SAMPLES.rollback, 110))).toMatchInlineSnapshot(`
  "Rolled back python-ml in 1 of 1
  └── us-east-1 x86_64: ✓ ami-0abc123def0000001 is the active AMI instead of ami-0abc123def0000002, to be
      published within minutes"
`));
test('nothing to roll back to', () => {
  const places = SAMPLES.promote.places.slice(1);
  expect(rolledBackView({ template: 'python-ml', places }, 110)[0]).toBe(
    'Nothing to roll back to for python-ml',
  );
});
