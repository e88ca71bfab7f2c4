import { expect, test } from 'vitest';
import { bookingsOf, timelineOf } from '../../../local/demo/timeline.ts';
import { invitationLines, summaryLines, type Summary } from '../../../local/demo/view/summaryLines.ts';
import type { AssessedUpdate } from '../../../local/demo/follow/detection.ts';
import type { ImagesAnswer } from '../../../src/api/answers.ts';
import { SUCCEEDED } from '../../api/sampleAnswers.ts';

const PUBLISHED_UPSTREAM = Date.parse('2026-11-24T20:00:00.000Z');
const after = (seconds: number): string => new Date(PUBLISHED_UPSTREAM + seconds * 1000).toISOString();

const built = (region: string, started: number) => ({
  ...SUCCEEDED,
  id: `python-ml-${region}`,
  region,
  requestedAt: after(2),
  startedAt: after(started),
  finishedAt: after(started + 7),
  attemptHistory: [
    {
      attempt: 1,
      state: 'settled' as const,
      grantedAt: after(started - 1),
      endedAt: after(started + 7),
      reserved: 412_300,
      cost: 85_400,
      pots: ['daily#2026-11-24', 'monthly#2026-11'],
      imageArn: null,
      outcome: 'succeeded',
    },
  ],
  story: [],
});
const BUILT = [built('us-east-1', 4), built('us-west-2', 5)];

const RECORDS = {
  publishedAt: PUBLISHED_UPSTREAM,
  update: {
    observations: [{ seenAt: after(1) }, { seenAt: after(1.4) }],
    assessment: { assessedAt: after(1.9) },
  } as AssessedUpdate,
  regionBuilds: BUILT,
  images: BUILT.map(({ id }) => ({ regionBuild: id, publishedAt: after(13) })) as ImagesAnswer['images'],
  notices: [{ subject: 'python-ml was rebuilt', at: PUBLISHED_UPSTREAM + 14_000 }],
};

const SUMMARY: Summary = {
  update: 'Amazon Linux 2023 2023.9.20251208',
  amis: ['us-east-1', 'us-west-2'].map((region, index) => ({
    ...{ template: 'python-ml', region, architecture: 'x86_64', baseRelease: '2023.9.20251208' },
    amiId: `ami-0abc123def000000${index}`,
    parameter: '/auto-ami/templates/python-ml/x86_64/ami-id',
  })),
  timeline: timelineOf(RECORDS),
  bookings: bookingsOf(BUILT),
  notices: ['python-ml was rebuilt'],
  steps: [
    { name: 'local AWS', took: 600 },
    { name: 'cdk deploy', took: 21_300 },
  ],
  total: 61_200,
};

test('how long each step took, from the first place to the last', () => {
  expect(timelineOf({ ...RECORDS, notices: [] })).toEqual([
    { step: 'detected', first: 1_000, last: 1_400 },
    { step: 'assessed', first: 1_900, last: 1_900 },
    { step: 'queued', first: 2_000, last: 2_000 },
    { step: 'granted', first: 3_000, last: 4_000 },
    { step: 'started', first: 4_000, last: 5_000 },
    { step: 'built, tested, recorded', first: 11_000, last: 12_000 },
    { step: 'published', first: 13_000, last: 13_000 },
  ]);
});

test('what was spent adds up by the pots that paid', () => {
  expect(bookingsOf(BUILT)).toEqual([
    { pots: 'daily#2026-11-24 and monthly#2026-11', regionBuilds: 2, cost: 170_800 },
  ]);
});

test('the summary of a run that went well', () => {
  expect(summaryLines(SUMMARY, 120)).toMatchInlineSnapshot(`
    [
      "",
      "✓ Amazon Linux 2023 2023.9.20251208: 2 new AMIs, active and published",
      "",
      "TEMPLATE   REGION     ARCH    AMI                    SSM PARAMETER",
      "python-ml  us-east-1  x86_64  ami-0abc123def0000000  /auto-ami/templates/python-ml/x86_64/ami-id",
      "python-ml  us-west-2  x86_64  ami-0abc123def0000001  /auto-ami/templates/python-ml/x86_64/ami-id",
      "",
      "SINCE IT WAS PUBLISHED UPSTREAM  FIRST   LAST",
      "detected                         1.0 s   1.4 s",
      "assessed                         1.9 s   1.9 s",
      "queued                           2.0 s   2.0 s",
      "granted                          3.0 s   4.0 s",
      "started                          4.0 s   5.0 s",
      "built, tested, recorded          11.0 s  12.0 s",
      "published                        13.0 s  13.0 s",
      "notices sent                     14.0 s  14.0 s",
      "",
      "Cost: $0.1708 for 2 attempts, booked against daily#2026-11-24 and monthly#2026-11",
      "1 notice reached a subscriber of the admins' topic:",
      "└── python-ml was rebuilt",
      "",
      "TIME OF THIS RUN  61.2 s",
      "local AWS         0.6 s",
      "cdk deploy        21.3 s",
    ]
  `);
});

test('the summary says first what is missing', () => {
  const amis = SUMMARY.amis.map((ami) => ({ ...ami, problem: 'there is no active AMI', amiId: undefined }));
  const lines = summaryLines({ ...SUMMARY, amis, notices: [] }, 120);
  expect(lines[1]).toBe('✗ Amazon Linux 2023 2023.9.20251208: 2 of 2 AMIs are not active and published');
  expect(lines).toContain('No notice reached the admins.');
});

test('how to go on', () => {
  expect(invitationLines('.local/aws.env')).toContain('  source .local/aws.env');
});
