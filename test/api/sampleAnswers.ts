import type { FindingsAnswer, RegionBuildAnswer, StatusAnswer } from '../../src/api/answers.ts';
import { parsePolicy } from '../../src/core/policy/parsePolicy.ts';
import { policyInWords } from '../../src/core/policy/policyInWords.ts';
import type { AnswerOf, RouteName } from '../../src/api/routes.ts';

/** The moment all samples were answered at: a Tuesday. */
export const NOW = '2026-11-24T22:00:00.000Z';
export const MOMENT = { now: NOW, zone: 'UTC' } as const;

export function aRegionBuild(values: Partial<RegionBuildAnswer> = {}): RegionBuildAnswer {
  return {
    id: 'python-ml-us-east-1-x86_64-7',
    build: 'python-ml-20261124-1f3a',
    template: 'python-ml',
    region: 'us-east-1',
    architecture: 'x86_64',
    status: 'queued',
    requestedAt: '2026-11-24T20:00:00.000Z',
    startedAt: null,
    finishedAt: null,
    triggers: ['security'],
    reasons: [
      {
        trigger: 'security',
        at: '2026-11-24T20:00:00.000Z',
        level: 'high',
        because: 'amazon-linux-2023 moved to 2023.12.20260727 (high)',
        actor: null,
      },
    ],
    level: 'high',
    urgency: 'high',
    priority: 60,
    pot: 'daily',
    deadline: '2026-11-25T20:00:00.000Z',
    deadlineBinds: true,
    approval: 'not-needed',
    attempts: 0,
    baseImageId: null,
    baseRelease: null,
    imageArn: null,
    imageStatus: null,
    amiId: null,
    cost: 0,
    reserved: null,
    failure: null,
    waiting: null,
    startsAt: null,
    endsAt: null,
    ...values,
  };
}

export const QUEUED = aRegionBuild({
  startsAt: '2026-11-25T02:30:00.000Z',
  waiting: {
    at: '2026-11-24T21:59:00.000Z',
    rule: 'urgent-window',
    because: 'urgent window opens 02:30 UTC; must start by 19:10 UTC to meet the high deadline',
  },
});

export const RUNNING = aRegionBuild({
  id: 'python-ml-us-west-2-x86_64-4',
  region: 'us-west-2',
  status: 'running',
  attempts: 1,
  startedAt: '2026-11-24T21:48:00.000Z',
  imageStatus: 'TESTING',
  imageArn: 'arn:aws:imagebuilder:us-west-2:111122223333:image/auto-ami-python-ml-x86-64/1.0.4/1',
  baseImageId: 'ami-0f00000000000002',
  baseRelease: '2023.12.20260727',
  reserved: 412_300,
  endsAt: '2026-11-24T22:13:00.000Z',
});

export const SUCCEEDED = aRegionBuild({
  status: 'succeeded',
  attempts: 1,
  startedAt: '2026-11-24T20:01:00.000Z',
  finishedAt: '2026-11-24T20:26:00.000Z',
  amiId: 'ami-0abc123def0000001',
  baseImageId: 'ami-0f00000000000001',
  baseRelease: '2023.12.20260727',
  cost: 85_400,
});

export const FAILED = aRegionBuild({
  id: 'python-ml-us-west-2-x86_64-4',
  region: 'us-west-2',
  status: 'failed',
  attempts: 3,
  startedAt: '2026-11-24T20:01:00.000Z',
  finishedAt: '2026-11-24T21:00:00.000Z',
  cost: 256_200,
  failure: {
    at: '2026-11-24T21:00:00.000Z',
    attempt: 3,
    error: 'ImageFailed',
    reason: 'Component validation failed:\n  pip check found a conflict in numpy',
    log: 'https://s3.example/auto-ami/logs/python-ml-us-west-2-x86_64-4/console.log',
    transient: false,
  },
});

export const PARKED = aRegionBuild({
  id: 'r-research-us-east-1-x86_64-2',
  template: 'r-research',
  level: 'none',
  urgency: 'low',
  pot: 'monthly',
  triggers: ['popularity'],
  deadlineBinds: false,
  startsAt: '2026-12-01T02:00:00.000Z',
  waiting: {
    at: NOW,
    rule: 'parked',
    because: 'the monthly pot has $1.20 left and this needs $1.98: parked until 02:00 UTC on Tue 1 Dec',
  },
});

export const SCAN = { at: '2026-11-24T21:53:00.000Z', succeeded: true, problems: [] };

export const FINDINGS: FindingsAnswer = {
  type: 'security',
  level: 'critical',
  confidence: 'exact',
  packages: [
    { name: 'kernel', from: '1:6.1.147-172.266.amzn2023', to: '1:6.1.148-173.267.amzn2023' },
    { name: 'openssl', from: null, to: '1:3.2.2-1.amzn2023.0.2' },
  ],
  advisories: [
    {
      id: 'ALAS2023-2026-1234',
      level: 'critical',
      cves: ['CVE-2026-1234', 'CVE-2026-1235'],
      packages: ['openssl'],
      by: 'version',
      published: '2026-07-27T09:00:00.000Z',
      url: 'https://alas.aws.amazon.com/AL2023/ALAS2023-2026-1234.html',
    },
    {
      id: 'ALAS2023-2026-1240',
      level: 'high',
      cves: [],
      packages: ['kernel'],
      by: 'date',
      published: null,
      url: null,
    },
  ],
  cves: ['CVE-2026-1234', 'CVE-2026-1235'],
  exploited: ['CVE-2026-1234'],
  reopened: [],
  recalled: false,
  changelogUrl: 'https://docs.aws.amazon.com/linux/al2023/release-notes/relnotes-2023.12.20260727.html',
  because: ['ALAS2023-2026-1234 is critical: CVE-2026-1234 is known to be exploited'],
  sources: [
    { name: 'updateinfo', state: 'answered', detail: '214 advisories' },
    { name: 'cisa-kev', state: 'cached', detail: 'It did not answer. Its answer of yesterday was used.' },
  ],
};

const ACTIVE = {
  amiId: 'ami-0abc123def0000001',
  baseRelease: '2023.12.20260720',
  since: '2026-11-22T20:00:00.000Z',
  published: true,
};

const place = (
  region: string,
  values: Partial<StatusAnswer['templates'][number]['places'][number]> = {},
) => ({
  region,
  architecture: 'x86_64' as const,
  active: ACTIVE,
  open: [],
  lastFailure: null,
  ...values,
});

const template = (slug: string, ...places: StatusAnswer['templates'][number]['places']) => ({
  slug,
  popular: true,
  kept: 'launched often',
  mode: 'act' as const,
  disabled: null,
  paused: null,
  places,
});

export const STATUS: StatusAnswer = {
  ...MOMENT,
  mode: 'act',
  scan: SCAN,
  templates: [
    template('python-ml', place('us-east-1'), place('us-west-2')),
    template('r-research', place('us-east-1', { active: null, open: [PARKED] })),
    template(
      'deep-learning-gpu',
      place('us-east-1', {
        open: [{ ...QUEUED, template: 'deep-learning-gpu', level: 'critical', urgency: 'critical' }],
      }),
      place('us-west-2', { open: [{ ...RUNNING, template: 'deep-learning-gpu' }] }),
    ),
  ],
  otherTemplates: 12,
  activity: [
    {
      at: '2026-11-24T20:00:00.000Z',
      kind: 'base-image-updated',
      text: 'amazon-linux-2023 base image updated to 2023.12.20260727 (security: high)',
    },
    {
      at: '2026-11-22T20:00:00.000Z',
      kind: 'ami-promoted',
      text: 'python-ml: ami-0abc123def0000001 active in us-east-1',
    },
  ],
  completesAt: '2026-11-25T06:00:00.000Z',
};

const BUILD = {
  id: 'python-ml-20261124-1f3a',
  template: 'python-ml',
  because: 'amazon-linux-2023 moved to 2023.12.20260727 (high)',
  requestedAt: '2026-11-24T20:00:00.000Z',
};

const parsed = parsePolicy(
  'auto_ami_policy:\n  mode: act\n  time_zone: America/New_York\n  daily_budget: 25.00\n',
);
if (!parsed.ok) throw new Error('the sample policy is not a policy');
const MEANING = [...policyInWords(parsed.policy)];

const TEMPLATE: AnswerOf<'templates'>['templates'][number] = {
  slug: 'python-ml',
  name: 'Python Machine Learning',
  description: 'Python with the usual libraries',
  version: '1.2.0',
  base: 'amazon-linux-2023',
  inherits: [],
  architectures: ['x86_64', 'arm64'],
  revision: 3,
  changedAt: '2026-11-20T09:00:00.000Z',
  changedBy: 'arn:aws:iam::111122223333:user/ada',
  kept: { since: '2026-11-20T10:00:00.000Z', because: 'asked for by ada' },
  disabled: null,
  paused: null,
};

const BUILD_REQUESTED: AnswerOf<'buildTemplate'> = {
  ...MOMENT,
  build: 'python-ml-urgent-abc123',
  template: 'python-ml',
  urgent: true,
  reason: 'critical-security-patch',
  estimate: { cost: 8_500_000, duration: 1_500_000, endsAt: '2026-11-24T22:25:00.000Z' },
  regionBuilds: [
    {
      id: 'python-ml-us-east-1-x86_64-8',
      region: 'us-east-1',
      architecture: 'x86_64',
      outcome: 'queued',
      because: 'starts now',
      startsAt: NOW,
    },
    {
      id: 'python-ml-us-west-2-x86_64-5',
      region: 'us-west-2',
      architecture: 'x86_64',
      outcome: 'merged',
      because: 'it was asked for at 20:00 UTC for amazon-linux-2023',
      startsAt: NOW,
    },
  ],
  notes: [],
};

/** One answer of every route, as a deployment in the middle of its work would give. */
export const SAMPLES: { readonly [N in RouteName]: AnswerOf<N> } = {
  status: STATUS,
  queue: {
    ...MOMENT,
    total: 3,
    regions: [
      { region: 'us-east-1', running: 0, slots: 10 },
      { region: 'us-west-2', running: 1, slots: 10 },
    ],
    regionBuilds: [RUNNING, QUEUED, PARKED],
  },
  builds: { ...MOMENT, builds: [{ ...BUILD, regionBuilds: [SUCCEEDED, FAILED] }] },
  explain: {
    ...MOMENT,
    build: BUILD,
    regionBuilds: [
      {
        ...SUCCEEDED,
        attemptHistory: [
          {
            attempt: 1,
            state: 'settled',
            grantedAt: '2026-11-24T20:01:00.000Z',
            endedAt: '2026-11-24T20:26:00.000Z',
            reserved: 412_300,
            cost: 85_400,
            pots: ['daily#2026-11-24', 'monthly#2026-11'],
            imageArn: null,
            outcome: 'succeeded',
          },
        ],
        story: [
          {
            at: '2026-11-24T20:00:00.000Z',
            rule: 'requested',
            because:
              'python-ml/us-east-1/x86_64 asked for: amazon-linux-2023 moved to 2023.12.20260727 (high)',
          },
          { at: '2026-11-24T20:01:00.000Z', rule: 'granted', because: 'attempt 1, slot 0 of us-east-1' },
          {
            at: '2026-11-24T20:26:00.000Z',
            rule: 'promoted',
            because: 'ami-0abc123def0000001 is the active AMI',
          },
        ],
      },
    ],
  },
  staleInstances: {
    ...MOMENT,
    instances: [
      {
        ...target('us-east-1'),
        instanceId: 'i-0abc123def0000001',
        state: 'running',
        launchedAt: '2026-10-15T09:00:00.000Z',
        owner: { name: 'ada', tag: 'Owner' },
        ami: {
          amiId: 'ami-0abc123def0000009',
          baseRelease: '2023.11.20260629',
          createdAt: '2026-10-10T02:40:00.000Z',
        },
        active: { amiId: 'ami-0abc123def0000001', baseRelease: '2023.12.20260727' },
        since: '2026-11-12T02:45:00.000Z',
        promotions: 2,
        lacks: { level: 'critical', cves: ['CVE-2026-12345'], advisories: ['ALAS2023-2026-101'] },
      },
    ],
    problems: [{ region: 'eu-west-1', problem: 'region eu-west-1 is no longer configured' }],
  },
  images: {
    ...MOMENT,
    images: [
      {
        template: 'python-ml',
        region: 'us-east-1',
        architecture: 'x86_64',
        amiId: 'ami-0abc123def0000001',
        state: 'active',
        baseImageId: 'ami-0f00000000000001',
        baseImageName: 'al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64',
        baseRelease: '2023.12.20260727',
        fingerprint: '5f1c',
        build: BUILD.id,
        regionBuild: SUCCEEDED.id,
        imageArn: 'arn:aws:imagebuilder:us-east-1:111122223333:image/auto-ami-python-ml-x86-64/1.0.7/1',
        createdAt: '2026-11-24T20:26:00.000Z',
        promotedAt: '2026-11-24T20:26:00.000Z',
        publishedAt: '2026-11-24T20:26:04.000Z',
        parameter: '/auto-ami/templates/python-ml/x86_64/ami-id',
        replaces: null,
        supersededAt: null,
        next: null,
      },
    ],
  },
  templates: {
    ...MOMENT,
    templates: [
      TEMPLATE,
      {
        slug: 'r-research',
        name: 'R for Research',
        description: '',
        version: null,
        base: null,
        inherits: ['r-base'],
        architectures: ['x86_64'],
        revision: 1,
        changedAt: '2026-11-24T21:00:00.000Z',
        changedBy: 'arn:aws:iam::111122223333:user/ada',
        kept: null,
        disabled: null,
        paused: null,
      },
    ],
  },
  baseImages: {
    ...MOMENT,
    scan: SCAN,
    baseImages: [
      {
        name: 'amazon-linux-2023',
        title: 'Amazon Linux 2023',
        family: 'amazon-linux-2023',
        source: 'public parameter /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
        endOfLife: '2029-06-30',
        templates: ['python-ml'],
        places: [
          {
            region: 'us-east-1',
            architecture: 'x86_64',
            imageId: 'ami-0f00000000000001',
            imageName: 'al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64',
            release: '2023.12.20260727',
            since: '2026-11-24T20:00:00.000Z',
          },
        ],
        lastUpdate: {
          release: '2023.12.20260727',
          firstSeenAt: '2026-11-24T20:00:00.000Z',
          type: 'security',
          level: 'high',
        },
      },
    ],
  },
  baseImage: {
    ...MOMENT,
    baseImage: {
      name: 'amazon-linux-2023',
      title: 'Amazon Linux 2023',
      family: 'amazon-linux-2023',
      source: 'public parameter /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
      endOfLife: '2029-06-30',
      templates: ['python-ml'],
      places: [
        {
          region: 'us-east-1',
          architecture: 'x86_64',
          imageId: 'ami-0f00000000000001',
          imageName: 'al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64',
          release: '2023.12.20260727',
          since: '2026-11-24T20:00:00.000Z',
        },
      ],
      lastUpdate: null,
    },
    updates: [
      {
        release: '2023.12.20260727',
        firstSeenAt: '2026-11-24T20:00:00.000Z',
        observations: [
          {
            region: 'us-east-1',
            architecture: 'x86_64',
            previousImageId: 'ami-0f00000000000000',
            previousRelease: '2023.12.20260720',
            imageId: 'ami-0f00000000000001',
            imageName: 'al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64',
            seenAt: '2026-11-24T20:00:00.000Z',
          },
        ],
        assessment: {
          type: 'security',
          level: 'high',
          confidence: 'exact',
          assessedAt: '2026-11-24T20:00:05.000Z',
          advisories: ['ALAS2023-2026-1234'],
          cves: ['CVE-2026-1234', 'CVE-2026-1235'],
          packages: [{ name: 'openssl', from: '3.2.2-1', to: '3.2.2-2' }],
          changelogUrl:
            'https://docs.aws.amazon.com/linux/al2023/release-notes/relnotes-2023.12.20260727.html',
          sources: [
            { name: 'amazon-linux-2023', state: 'answered', detail: '1 release, 214 advisories' },
            { name: 'cisa-kev', state: 'down', detail: 'no answer within 20 seconds' },
          ],
        },
      },
    ],
  },
  compareBaseImages: {
    ...MOMENT,
    base: 'amazon-linux-2023',
    architecture: 'x86_64',
    from: {
      imageId: null,
      name: 'al2023-ami-2023.12.20260720.0-kernel-6.1-x86_64',
      release: '2023.12.20260720',
    },
    to: {
      imageId: 'ami-0f00000000000001',
      name: 'al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64',
      release: '2023.12.20260727',
    },
    findings: FINDINGS,
  },
  securityStatus: {
    ...MOMENT,
    updates: [
      {
        base: 'amazon-linux-2023',
        release: '2023.12.20260727',
        firstSeenAt: '2026-11-24T20:00:00.000Z',
        assessedAt: '2026-11-24T20:00:05.000Z',
        findings: FINDINGS,
        templates: [
          {
            template: 'python-ml',
            places: [
              {
                region: 'us-east-1',
                architecture: 'x86_64',
                amiId: 'ami-0abc123def0000001',
                hasUpdate: false,
                rebuild: {
                  id: 'python-ml-us-east-1-x86_64-7',
                  status: 'queued',
                  approval: 'not-needed',
                  startsAt: '2026-11-24T22:30:00.000Z',
                  endsAt: '2026-11-24T23:00:00.000Z',
                },
              },
              {
                region: 'us-west-2',
                architecture: 'x86_64',
                amiId: 'ami-0abc123def0000002',
                hasUpdate: false,
                rebuild: null,
              },
            ],
          },
        ],
      },
      {
        base: 'rocky-9',
        release: '9.4.20240523',
        firstSeenAt: '2026-11-24T19:00:00.000Z',
        assessedAt: null,
        findings: null,
        templates: [
          {
            template: 'r-research',
            places: [
              {
                region: 'us-east-1',
                architecture: 'x86_64',
                amiId: 'ami-0abc123def0000003',
                hasUpdate: true,
                rebuild: null,
              },
            ],
          },
        ],
      },
    ],
    packages: [],
  },
  policy: {
    version: 4,
    text: 'auto_ami_policy:\n  mode: act\n',
    policy: parsed.policy,
    meaning: MEANING,
    changedAt: '2026-11-20T09:00:00.000Z',
    changedBy: 'arn:aws:iam::111122223333:user/ada',
    reason: 'semester start',
    warnings: [],
  },
  notifications: {
    ...MOMENT,
    notifications: [
      {
        kind: 'base-image-updated',
        at: '2026-11-24T20:00:00.000Z',
        templates: ['python-ml', 'ubuntu-basic'],
        update: {
          base: 'ubuntu-22.04',
          release: '20261124',
          type: 'security',
          level: 'high',
          open: 4,
          startsAt: '2026-11-25T02:30:00.000Z',
        },
        build: null,
      },
      {
        kind: 'build-succeeded',
        at: '2026-11-24T17:00:00.000Z',
        templates: ['r-research'],
        update: null,
        build: {
          id: 'r-research-1f3a5b7c',
          triggers: ['popularity'],
          because: 'launched 8 times in 7 days',
          images: [{ region: 'us-west-2', architecture: 'x86_64', amiId: 'ami-0abc123def0000001' }],
          failures: [],
        },
      },
      {
        kind: 'build-failed',
        at: '2026-11-23T17:00:00.000Z',
        templates: ['java-dev'],
        update: null,
        build: {
          id: 'java-dev-0a1b2c3d',
          triggers: ['manual'],
          because: 'course',
          images: [],
          failures: [{ region: 'us-east-1', architecture: 'arm64', reason: 'validation failed:\n  no java' }],
        },
      },
    ],
  },
  policyHistory: {
    ...MOMENT,
    versions: [
      {
        version: 5,
        changedAt: '2026-11-24T21:00:00.000Z',
        changedBy: 'arn:aws:iam::111122223333:user/ada',
        reason: 'semester start',
        changes: [{ key: 'daily_budget', before: '$25.00', after: '$40.00' }],
      },
      {
        version: 4,
        changedAt: '2026-11-20T09:00:00.000Z',
        changedBy: 'the deployment',
        reason: 'the policy this deployment was configured with',
        changes: [],
      },
    ],
  },
  changePolicy: {
    applied: true,
    version: 5,
    policy: parsed.policy,
    meaning: MEANING,
    changes: [
      { key: 'daily_budget', before: '$25.00', after: '$40.00' },
      { key: 'grants.nsf-123.owner', before: null, after: 'Ada' },
    ],
    warnings: [
      {
        file: 'policy.yaml',
        line: 2,
        column: 3,
        path: 'auto_ami_policy.build_window',
        message: 'no time zone is given: the window is in UTC',
      },
    ],
  },
  applyTemplates: {
    templates: [
      { file: 'templates/python-ml.yaml', slug: 'python-ml', outcome: 'changed', revision: 4, warnings: [] },
      {
        file: 'templates/r-research.yaml',
        slug: 'r-research',
        outcome: 'created',
        revision: 1,
        warnings: [
          { file: 'templates/r-research.yaml', line: 4, column: 1, path: 'idle', message: 'ignored here' },
        ],
      },
    ],
  },
  buildTemplate: BUILD_REQUESTED,
  buildSecurityUpdate: {
    ...MOMENT,
    builds: [BUILD_REQUESTED],
    refused: [{ template: 'java-dev', because: 'java-dev was disabled by ada: old.' }],
  },
  cancel: {
    regionBuilds: [
      {
        ...target('us-east-1'),
        id: 'python-ml-us-east-1-x86_64-7',
        outcome: 'cancelled',
        status: 'cancelled',
      },
      {
        ...target('us-west-2'),
        id: 'python-ml-us-west-2-x86_64-4',
        outcome: 'closed-already',
        status: 'succeeded',
      },
    ],
  },
  budget: {
    ...MOMENT,
    pots: [
      {
        key: 'daily#2026-11-24',
        limit: 25_000_000,
        settled: 3_210_000,
        reserved: 412_300,
        left: 21_377_700,
        overrun: 0,
        startsAt: '2026-11-24T00:00:00.000Z',
        endsAt: '2026-11-25T00:00:00.000Z',
        owner: null,
        forecast: { total: 3_600_000, short: 0, emptyAt: null },
      },
      {
        key: 'grant:nsf-123',
        limit: 5_000_000,
        settled: 5_100_000,
        reserved: 0,
        left: -100_000,
        overrun: 100_000,
        startsAt: '2026-01-01T00:00:00.000Z',
        endsAt: '2027-01-01T00:00:00.000Z',
        owner: 'Ada',
        forecast: { total: 5_100_000, short: 400_000, emptyAt: NOW },
      },
    ],
    reservations: [
      {
        ...target('us-west-2'),
        regionBuild: RUNNING.id,
        attempt: 1,
        since: '2026-11-24T21:47:00.000Z',
        amount: 412_300,
        pots: [{ key: 'daily#2026-11-24', amount: 412_300 }],
      },
    ],
    parked: [
      {
        ...target('us-east-1'),
        regionBuild: PARKED.id,
        amount: 1_980_000,
        because: 'parked: the monthly pot of 2026-11 cannot hold its ceiling of $1.98 now',
        until: '2026-12-01T02:00:00.000Z',
      },
    ],
    keeping: { images: 4, monthly: 1_600_000 },
    dormant: { builds: 2, saves: 150_000 },
  },
  plan: {
    ...MOMENT,
    mode: 'observe',
    total: 3,
    estimate: { expected: 150_000, ceiling: 824_600, monthly: 1_600_000 },
    builds: [
      {
        ...RUNNING,
        decision: 'running',
        asked: true,
        estimate: { expected: 75_000, ceiling: 412_300, monthly: 800_000 },
        pots: ['daily#2026-11-24', 'monthly#2026-11'],
      },
      {
        ...QUEUED,
        decision: 'waiting',
        asked: false,
        estimate: { expected: 75_000, ceiling: 412_300, monthly: 800_000 },
        pots: ['daily#2026-11-25', 'monthly#2026-11', 'grant:nsf-123'],
      },
    ],
    notAsked: [
      {
        subject: 'java-dev',
        rule: 'disabled',
        because: 'nothing is asked for java-dev: disabled by ada: old',
      },
    ],
    promotions: [
      {
        ...target('us-east-1'),
        amiId: 'ami-0abc123def0000002',
        replaces: 'ami-0abc123def0000001',
        at: '2026-11-26T20:00:00.000Z',
        because: 'candidate: it soaks for 2 days',
      },
    ],
    removals: [
      {
        ...target('us-east-1'),
        amiId: 'ami-0abc123def0000000',
        step: 'deprecate',
        due: true,
        at: '2026-11-24T22:00:00.000Z',
        because: 'it gave way 19:00 UTC on Mon 23 Nov, and 24 hours after that it is to be deprecated',
      },
      {
        ...target('us-west-2'),
        amiId: 'ami-0abc123def0000009',
        step: 'disable',
        due: false,
        at: null,
        because: 'it is the one that rollback returns to',
      },
    ],
    totalRemovals: 2,
    nextChange: {
      at: '2026-11-25T02:30:00.000Z',
      regionBuild: QUEUED.id,
      because: 'urgent window opens 02:30 UTC',
    },
  },
  approve: {
    ...MOMENT,
    regionBuilds: [
      { ...QUEUED, approval: 'given', outcome: 'approved' },
      { ...RUNNING, outcome: 'not-needed' },
    ],
  },
  prioritize: { ...MOMENT, regionBuilds: [{ ...QUEUED, priority: 90, outcome: 'changed' }] },
  promote: {
    template: 'python-ml',
    places: [
      {
        region: 'us-east-1',
        architecture: 'x86_64',
        amiId: 'ami-0abc123def0000002',
        left: 'ami-0abc123def0000001',
        because: 'promoted by ada',
        published: true,
      },
      {
        region: 'us-west-2',
        architecture: 'x86_64',
        amiId: null,
        left: null,
        because: 'no candidate waits',
        published: false,
      },
    ],
  },
  rollback: {
    template: 'python-ml',
    places: [
      {
        region: 'us-east-1',
        architecture: 'x86_64',
        amiId: 'ami-0abc123def0000001',
        left: 'ami-0abc123def0000002',
        because: 'rolled back by ada: broken CUDA',
        published: false,
      },
    ],
  },
  enableTemplate: { template: TEMPLATE, changed: true, popularityThreshold: 3 },
  disableTemplate: {
    template: { ...TEMPLATE, disabled: { at: NOW, by: 'ada', reason: 'prefer-fresh-builds' } },
    changed: true,
  },
  pauseTemplate: {
    template: { ...TEMPLATE, paused: { at: NOW, by: 'ada', reason: 'exams' } },
    changed: true,
  },
  unpauseTemplate: { template: TEMPLATE, changed: false },
  scan: { started: true, last: SCAN },
  mode: { template: null, mode: 'stopped', previous: 'act', cancelled: [] },
};

function target(region: string) {
  return { template: 'python-ml', region, architecture: 'x86_64' as const };
}
