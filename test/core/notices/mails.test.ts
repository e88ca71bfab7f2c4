import { expect, test } from 'vitest';
import type { NoticeFact, NoticeKind } from '../../../src/core/notices/noticeFact.ts';
import { noticesOf } from '../../../src/core/notices/noticesOf.ts';
import { DEFAULT_POLICY } from '../../../src/core/policy/policy.ts';
import { FACTS, NOW } from './facts.ts';

const POLICY = {
  ...DEFAULT_POLICY,
  zone: 'America/New_York',
  notify: { ...DEFAULT_POLICY.notify, beforeRebuild: true },
};

const mail = (kind: NoticeKind): string => mailOf(FACTS[kind]);

const mailOf = (fact: NoticeFact): string => {
  const [first] = noticesOf(fact, POLICY, NOW);
  return first === undefined ? '' : `Subject: ${first.notice.subject}\n\n${first.notice.text}`;
};

test('a base image was updated', () =>
  expect(mail('base-image-updated')).toMatchInlineSnapshot(`
  "Subject: [Auto-AMI] Security update (high): amazon-linux-2023 2023.12.20260727

  A new image of amazon-linux-2023 was published upstream. 2 templates of ours stand on it; they are rebuilt as the policy says.

  Base image:         amazon-linux-2023
  Release:            2023.12.20260727
  Update:             security
  Security level:     high (exact)
  Seen in:            us-east-1 and us-west-2
  Affected templates: python-ml and r-research
  Fixes:              CVE-2026-1234 and CVE-2026-1235
  Advisories:         ALAS2023-2026-1234
  Changelog:          https://docs.aws.amazon.com/linux/al2023/release-notes/relnotes-2023.12.20260727.html

  What you can do:
  - See what is planned: cws templates auto-ami status
  - Rebuild one at once: cws templates auto-ami build python-ml --urgent

  --
  Sent by Auto-AMI, which keeps machine images fresh.
  "
`));
test('a rebuild is coming', () =>
  expect(mail('build-queued')).toMatchInlineSnapshot(`
  "Subject: [Auto-AMI] Rebuild of python-ml is planned

  New images of python-ml will be built, starting 22:00 America/New_York on Tue 24 Nov. Running instances are not touched, and the image in use stays until the new one has passed its tests.

  Template: python-ml
  Why:      amazon-linux-2023 moved to 2023.12.20260727 (high)
  Build:    python-ml-20261124-1f3a

  - us-east-1 (x86_64)

  What you can do:
  - Follow it: cws templates auto-ami explain python-ml-20261124-1f3a

  --
  Sent by Auto-AMI, which keeps machine images fresh.
  "
`));
test('approval is wanted', () =>
  expect(mail('approval-wanted')).toMatchInlineSnapshot(`
    "Subject: [Auto-AMI] Approval wanted: rebuild of python-ml

    A rebuild of python-ml waits for approval; nothing is built before.

    Template:       python-ml
    Why:            amazon-linux-2023 moved to 2023.12.20260727 (high)
    Build:          python-ml-20261124-1f3a
    Estimated cost: $8.50

    - us-east-1 (x86_64)

    What you can do:
    - Let it go on: cws templates auto-ami approve python-ml-20261124-1f3a
    - See why: cws templates auto-ami explain python-ml-20261124-1f3a

    --
    Sent by Auto-AMI, which keeps machine images fresh.
    "
  `));
test('a build ended, in part badly', () =>
  expect(mail('build-finished')).toMatchInlineSnapshot(`
  "Subject: [Auto-AMI] Rebuild of python-ml succeeded in 1 of 2 places

  The rebuild of python-ml has ended: 1 of 2 places have a new image. Where it failed, the former image stays in use.

  Template: python-ml
  Why:      amazon-linux-2023 moved to 2023.12.20260727 (high)
  Build:    python-ml-20261124-1f3a
  Cost:     $0.0854

  - us-east-1 (x86_64): ami-0abc123def0000001 on 2023.12.20260727, took 25 minutes 13 seconds
  - us-west-2 (x86_64): failed, Component validation failed: pip check found a conflict in numpy (ImageFailed)

  What you can do:
  - The whole story: cws templates auto-ami explain python-ml-20261124-1f3a

  --
  Sent by Auto-AMI, which keeps machine images fresh.
  "
`));
test('a region build failed', () =>
  expect(mail('region-build-failed')).toMatchInlineSnapshot(`
  "Subject: [Auto-AMI] Build of python-ml failed in us-west-2 (x86_64)

  The image of python-ml could not be built in us-west-2 (x86_64). The former image stays in use, and other places are not affected.

  Template:             python-ml
  Place:                us-west-2 (x86_64)
  Why it was asked for: amazon-linux-2023 moved to 2023.12.20260727 (high)
  Reason:               Component validation failed: pip check found a conflict in numpy (ImageFailed)
  Attempts:             3
  Log:                  https://s3.example/auto-ami/console.log

  What you can do:
  - The whole story: cws templates auto-ami explain python-ml-us-west-2-x86_64-4
  - When it is mended: cws templates auto-ami build python-ml --region us-west-2

  --
  Sent by Auto-AMI, which keeps machine images fresh.
  "
`));
test('a region build was refused', () =>
  expect(mail('region-build-refused')).toMatchInlineSnapshot(`
  "Subject: [Auto-AMI] Build of python-ml refused in us-east-1 (x86_64)

  A rebuild of python-ml was refused: it costs more than it may.

  Template:             python-ml
  Place:                us-east-1 (x86_64)
  Why it was asked for: amazon-linux-2023 moved to 2023.12.20260727 (high)
  Reason:               it needs up to $80.00 and the daily pot never holds more than $25.00

  What you can do:
  - Raise the budget or \`max_cost\` in the policy: cws templates auto-ami configure --file policy.yaml

  --
  Sent by Auto-AMI, which keeps machine images fresh.
  "
`));
test('an AMI was promoted', () =>
  expect(mail('ami-promoted')).toMatchInlineSnapshot(`
  "Subject: [Auto-AMI] New active image of python-ml in us-east-1 (x86_64)

  New instances of python-ml in us-east-1 (x86_64) start from another image now. Running instances are not touched.

  Template:   python-ml
  New AMI:    ami-0abc123def0000001
  Instead of: ami-0abc123def0000000
  Base image: al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64 (ami-0f00000000000001)

  What you can do:
  - All images: cws templates auto-ami images --template python-ml

  --
  Sent by Auto-AMI, which keeps machine images fresh.
  "
`));
test('a template was paused', () =>
  expect(mail('template-paused')).toMatchInlineSnapshot(`
  "Subject: [Auto-AMI] python-ml is paused

  No images of python-ml are built any more until somebody has looked: 3 builds in us-west-2 failed in a row. The image in use stays.

  Template: python-ml

  What you can do:
  - See what failed: cws templates auto-ami builds --template python-ml
  - When the template is mended: cws templates apply FILE
  - When the cause lay elsewhere: cws templates auto-ami unpause python-ml

  --
  Sent by Auto-AMI, which keeps machine images fresh.
  "
`));
test('a budget is exhausted', () =>
  expect(mail('budget-exhausted')).toMatchInlineSnapshot(`
  "Subject: [Auto-AMI] Budget exhausted: the monthly pot of 2026-11

  There is not enough left in the monthly pot of 2026-11 for 3 rebuilds: parked, not dropped.

  Limit:              $500.00
  Spent:              $498.50
  Held for what runs: $1.30
  Left:               $0.20
  Reason:             parked: $1.98 is more than is left in the monthly pot of 2026-11

  - r-research in us-east-1: needs up to $1.98, parked until 00:00 America/New_York on Tue 1 Dec
  - r-research in us-west-2: needs up to $1.98, parked until there is money
  - and 1 more

  What you can do:
  - See what waits: cws templates auto-ami queue
  - Raise the budget in the policy: cws templates auto-ami configure --file policy.yaml

  --
  Sent by Auto-AMI, which keeps machine images fresh.
  "
`));
test('a grant has ended', () =>
  expect(
    mailOf({
      ...FACTS['budget-exhausted'],
      pot: 'grant:nsf-123',
      endedOn: '2026-10-31',
      owner: 'Prof. Chen <chen@example.edu>',
      because:
        'parked: grant nsf-123 of Prof. Chen <chen@example.edu> has ended; it can run when the grant is renewed',
    }),
  ).toMatchInlineSnapshot(`
    "Subject: [Auto-AMI] Ended: grant nsf-123

    The time of grant nsf-123 is over, and no other grant pays for 3 rebuilds: parked, not dropped.

    Last day:           2026-10-31
    Limit:              $500.00
    Spent:              $498.50
    Held for what runs: $1.30
    Left:               $0.20
    Reason:             parked: grant nsf-123 of Prof. Chen <chen@example.edu> has ended; it can run when the grant is renewed
    Owner:              Prof. Chen <chen@example.edu>

    - r-research in us-east-1: needs up to $1.98, parked until 00:00 America/New_York on Tue 1 Dec
    - r-research in us-west-2: needs up to $1.98, parked until there is money
    - and 1 more

    What you can do:
    - See what waits: cws templates auto-ami queue
    - Give it another end, or let another grant pay, in the policy: cws templates auto-ami configure --file policy.yaml

    --
    Sent by Auto-AMI, which keeps machine images fresh.
    "
  `));
test('a build cost more than its ceiling', () =>
  expect(mail('budget-overrun')).toMatchInlineSnapshot(`
  "Subject: [Auto-AMI] Budget overrun: python-ml in us-east-1 (x86_64)

  A build cost more than was held for it. The whole is booked in the urgent pot of 2026-11 and counts there.

  Template: python-ml
  Place:    us-east-1 (x86_64)
  Held:     $0.4123
  Cost:     $0.50
  Overrun:  $0.0877

  What you can do:
  - If it happens again, raise \`max_build_duration\` in the policy: it sets what is held.

  --
  Sent by Auto-AMI, which keeps machine images fresh.
  "
`));
test('a deadline is at risk', () =>
  expect(mail('deadline-at-risk')).toMatchInlineSnapshot(`
  "Subject: [Auto-AMI] Deadline at risk: python-ml in us-east-1 (x86_64)

  The rebuild of python-ml in us-east-1 (x86_64) is due by 15:00 America/New_York on Wed 25 Nov and may come late.

  Template:             python-ml
  Place:                us-east-1 (x86_64)
  Why it was asked for: amazon-linux-2023 moved to 2023.12.20260727 (high)
  Security level:       high
  Reason:               all 10 slots of us-east-1 are taken

  What you can do:
  - See what it waits for: cws templates auto-ami explain python-ml-us-east-1-x86_64-7
  - Build it at once: cws templates auto-ami build python-ml --urgent --region us-east-1

  --
  Sent by Auto-AMI, which keeps machine images fresh.
  "
`));
test('a deadline was missed', () =>
  expect(mail('deadline-missed')).toMatchInlineSnapshot(`
  "Subject: [Auto-AMI] Deadline missed: python-ml in us-east-1 (x86_64)

  The rebuild of python-ml in us-east-1 (x86_64) was due by 16:00 America/New_York on Tue 24 Nov and is not done.

  Template:             python-ml
  Place:                us-east-1 (x86_64)
  Why it was asked for: amazon-linux-2023 moved to 2023.12.20260727 (high)
  Security level:       high
  Reason:               the urgent pot was empty until 21:40

  What you can do:
  - See what it waits for: cws templates auto-ami explain python-ml-us-east-1-x86_64-7
  - Build it at once: cws templates auto-ami build python-ml --urgent --region us-east-1

  --
  Sent by Auto-AMI, which keeps machine images fresh.
  "
`));
test('a base image gets no updates soon', () =>
  expect(mail('end-of-life')).toMatchInlineSnapshot(`
  "Subject: [Auto-AMI] End of life of ubuntu-22.04 on 1 April 2027

  After 1 April 2027 nothing is mended in ubuntu-22.04 any more: 128 days left. 2 templates of ours rest on it.

  Base image:            ubuntu-22.04
  Last day with updates: 1 April 2027
  Days left:             128
  Templates on it:       python-ml and r-research

  What you can do:
  - See what else is tracked, and until when: cws base-images list
  - Name another base in these templates, and apply them: cws templates apply

  --
  Sent by Auto-AMI, which keeps machine images fresh.
  "
`));
