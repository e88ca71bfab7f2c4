import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../../lib/configuration/configuration.ts';
import { readConfiguration } from '../../../lib/configuration/readConfiguration.ts';

const problemsOf = (text: string): readonly string[] => {
  try {
    readConfiguration(text, 'c.yaml');
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
};

describe('a real account needs few lines', () => {
  test('the home region is enough', () => {
    expect(readConfiguration('homeRegion: eu-west-1', 'c.yaml')).toEqual({
      name: 'AutoAmi',
      homeRegion: 'eu-west-1',
      regions: [
        {
          name: 'eu-west-1',
          securityGroupIds: [],
          instanceTypes: { x86_64: ['m7i-flex.large', 'm6i.large'], arm64: ['m7g.large', 'm6g.large'] },
          mandatoryTags: {},
        },
      ],
      mandatoryTags: {},
      recipients: {},
      scanIntervalMinutes: 15,
      announcementTopics: [],
      baseImageParameters: ['/auto-ami/base-images/*'],
      amiParameter: '/auto-ami/templates/{template}/{architecture}/ami-id',
      enhancedImageMetadata: true,
      logRetentionDays: 30,
      local: false,
    });
  });

  test('regions keep their order, and what is said for all holds where they say nothing', () => {
    const { regions } = readConfiguration(
      `
homeRegion: us-east-1
instanceTypes: { arm64: [m8g.large] }
mandatoryTags: { CostCentre: 42, Owner: platform }
regions:
  us-west-2:
    subnetId: subnet-0a1b
    securityGroupIds: [sg-0a1b]
    kmsKeyId: arn:aws:kms:us-west-2:111122223333:key/0a1b-2c
    instanceTypes: { x86_64: [c7i.large] }
    mandatoryTags: { Owner: west }
  us-east-1:
`,
      'c.yaml',
    );
    expect(regions).toEqual([
      {
        name: 'us-west-2',
        subnetId: 'subnet-0a1b',
        securityGroupIds: ['sg-0a1b'],
        kmsKeyId: 'arn:aws:kms:us-west-2:111122223333:key/0a1b-2c',
        instanceTypes: { x86_64: ['c7i.large'], arm64: ['m8g.large'] },
        mandatoryTags: { CostCentre: '42', Owner: 'west' },
      },
      {
        name: 'us-east-1',
        securityGroupIds: [],
        instanceTypes: { x86_64: ['m7i-flex.large', 'm6i.large'], arm64: ['m8g.large'] },
        mandatoryTags: { CostCentre: '42', Owner: 'platform' },
      },
    ]);
  });

  test('package lists can be switched off, for accounts whose own inventory makes them fail', () => {
    const { enhancedImageMetadata } = readConfiguration(
      'homeRegion: us-east-1\nenhancedImageMetadata: false',
      'c.yaml',
    );
    expect(enhancedImageMetadata).toBe(false);
  });

  test('AMIs are shared with accounts, organizations and their units', () => {
    const organization = 'arn:aws:organizations::111122223333:organization/o-a1b2c3d4e5';
    const unit = 'arn:aws:organizations::111122223333:ou/o-a1b2c3d4e5/ou-ab12-11111111';
    const { shareWith } = readConfiguration(
      `homeRegion: us-east-1\nshareWith: {accounts: ["444455556666"], organizations: [${organization}], organizationalUnits: [${unit}]}`,
      'c.yaml',
    );
    expect(shareWith).toEqual({
      accounts: ['444455556666'],
      organizations: [organization],
      organizationalUnits: [unit],
    });
    expect(
      problemsOf(
        'homeRegion: us-east-1\nshareWith: {accounts: [4444], organizations: [o-a1], organizationalUnits: [ou-1]}',
      ),
    ).toEqual([
      'c.yaml:2: shareWith.accounts.0: must be an account id of twelve digits',
      'c.yaml:2: shareWith.organizations.0: must be the ARN of an organization',
      'c.yaml:2: shareWith.organizationalUnits.0: must be the ARN of an organizational unit',
    ]);
  });

  test('a recipient is an address, or one with the templates it wants to hear of', () => {
    const text =
      'homeRegion: us-east-1\nrecipients:\n  students: [a@b.org, {email: c@d.org, templates: [ml]}]';
    expect(readConfiguration(text, 'c.yaml').recipients).toEqual({
      students: [
        { email: 'a@b.org', templates: [] },
        { email: 'c@d.org', templates: ['ml'] },
      ],
    });
  });

  test('broken syntax is told with its place', () => {
    expect(() => readConfiguration('homeRegion: [us\n', 'file.yaml')).toThrow(
      /\n {2}file\.yaml: .* at line 2, column 1$/,
    );
  });

  test('JSON is YAML', () => {
    expect(readConfiguration('{"homeRegion": "us-gov-west-1"}', 'c.json').homeRegion).toBe('us-gov-west-1');
  });
});

describe('a wrong configuration is refused with everything that is wrong', () => {
  test('tags that Image Builder sets itself cannot be mandatory ones: by one of them snapshots are deleted', () => {
    for (const key of ['CreatedBy', 'createdby', 'Ec2ImageBuilderArn'])
      expect(problemsOf(`homeRegion: us-east-1\nmandatoryTags: { ${key}: platform }`)).toEqual([
        `c.yaml:2: mandatoryTags.${key}: must not be "CreatedBy" or "Ec2ImageBuilderArn"; Image Builder sets those itself`,
      ]);
    const { mandatoryTags } = readConfiguration(
      'homeRegion: us-east-1\nmandatoryTags: { CreatedByTeam: platform }',
      'c.yaml',
    );
    expect(mandatoryTags).toEqual({ CreatedByTeam: 'platform' });
  });

  test('all problems at once, each with its line', () => {
    expect(
      problemsOf(`homeRegion: mars
subnet: subnet-1
regions:
  us-east-1:
    subnetId: 17
    securityGroupIds: [default]
recipients:
  admins: [nobody]
  pupils: [a@b.org]
scanIntervalMinutes: 0
logRetentionDays: 31
`),
    ).toEqual([
      'c.yaml:1: homeRegion: must be the name of an AWS region, such as us-east-1',
      'c.yaml:2: subnet: is not a key that is known here',
      expect.stringMatching(/^c\.yaml:5: regions\.us-east-1\.subnetId: /),
      'c.yaml:6: regions.us-east-1.securityGroupIds.0: must be a security group id, such as sg-0123456789abcdef0',
      'c.yaml:8: recipients.admins.0: must be an email address, or {email, templates}',
      expect.stringMatching(/^c\.yaml:9: recipients\.pupils: /),
      expect.stringMatching(/^c\.yaml:10: scanIntervalMinutes: /),
      expect.stringMatching(/^c\.yaml:11: logRetentionDays: must be one of 1, 3, /),
    ]);
  });

  test.each([
    ['', 'c.yaml: homeRegion: is missing'],
    ['homeRegion: [', 'c.yaml: '],
    ['homeRegion: us-east-1\nhomeRegion: us-east-1', 'c.yaml: Map keys must be unique'],
    [
      'homeRegion: us-east-1\nregions: {}',
      'c.yaml:2: regions: must name at least one region, or be left out',
    ],
    [
      'homeRegion: us-east-1\nregions:\n  us-gov-west-1:',
      'c.yaml:3: regions.us-gov-west-1: is in another partition than the home region us-east-1',
    ],
    [
      'homeRegion: us-east-1\nregions:\n  us-east-1: {kmsKeyId: "arn:aws:kms:us-west-2:111122223333:key/a"}',
      'c.yaml:3: regions.us-east-1.kmsKeyId: is a key of us-west-2',
    ],
    [
      'homeRegion: us-east-1\ninstanceTypes: {x86_64: [t4g.small]}',
      'c.yaml:2: instanceTypes.x86_64: t4g.small is an arm64 instance type',
    ],
    [
      'homeRegion: us-east-1\nregions:\n  us-east-1: {instanceTypes: {arm64: [g4dn.xlarge]}}',
      'c.yaml:3: regions.us-east-1.instanceTypes.arm64: g4dn.xlarge is an x86_64 instance type',
    ],
    [
      'homeRegion: us-east-1\nbaseImageParameters: [/auto-ami/*]',
      'c.yaml:2: baseImageParameters.0: overlaps /auto-ami/templates/{template}/{architecture}/ami-id',
    ],
    [
      'homeRegion: us-east-1\nbaseImageParameters: ["*"]',
      'c.yaml:2: baseImageParameters.0: must be a parameter name',
    ],
    ['homeRegion: us-east-1\namiParameter: /amis/{template}', 'c.yaml:2: amiParameter: must begin with "/"'],
    [
      'homeRegion: us-east-1\namiParameter: /aws/{template}/{architecture}',
      'c.yaml:2: amiParameter: must not begin',
    ],
    ['homeRegion: us-east-1\nmandatoryTags: {"aws:x": y}', 'c.yaml:2: mandatoryTags.aws:x: must not begin'],
    ['homeRegion: us-east-1\naccount: 42', 'c.yaml:2: account: must be an account id of twelve digits'],
    ['homeRegion: us-east-1\nname: my stacks', 'c.yaml:2: name: must be letters, digits and hyphens'],
  ])('%j', (text, problem) => {
    const [first, ...others] = problemsOf(text);
    expect(first).toContain(problem);
    expect(others).toEqual([]);
  });

  test('what the functions could not be told is refused before a deployment fails', () => {
    const names = ['us', 'eu', 'ap', 'sa', 'ca'].flatMap((area) =>
      ['east', 'west', 'north', 'south'].map((direction) => `  ${area}-${direction}-1:`),
    );
    expect(problemsOf(`homeRegion: us-east-1\nregions:\n${names.join('\n')}`)[0]).toContain(
      'regions: their settings take',
    );
  });
});
