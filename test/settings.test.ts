import { describe, expect, test } from 'vitest';
import { amiParameterName, parseDeploymentSettings, type DeploymentSettings } from '../src/settings.ts';

const settings: DeploymentSettings = {
  homeRegion: 'us-east-1',
  regions: [
    {
      name: 'us-east-1',
      securityGroupIds: [],
      instanceTypes: { x86_64: ['m6i.large'], arm64: ['m6g.large'] },
      mandatoryTags: { CostCentre: '42' },
    },
  ],
  instanceProfileName: 'build-instances',
  amiParameter: '/auto-ami/templates/{template}/{architecture}/ami-id',
  baseImageParameters: ['/golden/*'],
  enhancedImageMetadata: true,
  scanIntervalMinutes: 15,
};

describe('parseDeploymentSettings', () => {
  test('reads what the stacks write', () => {
    expect(parseDeploymentSettings(JSON.stringify(settings))).toEqual(settings);
  });

  test.each([
    ['not JSON', 'settings: '],
    ['{}', 'homeRegion: '],
    [JSON.stringify({ ...settings, regions: [] }), 'regions: '],
    [
      JSON.stringify({ ...settings, scanIntervalMinutes: 0, instanceProfileName: '' }),
      'instanceProfileName: ',
    ],
    [JSON.stringify({ ...settings, amiParameter: '/one/for/all' }), 'amiParameter: '],
    [JSON.stringify({ ...settings, added: true }), 'settings: '],
  ])('%s is refused with what is wrong', (text, problem) => {
    expect(() => parseDeploymentSettings(text)).toThrow(
      /^The deployment's settings are broken; deploy the stacks again\./,
    );
    expect(() => parseDeploymentSettings(text)).toThrow(problem);
  });
});

test('the name of a published parameter', () => {
  expect(amiParameterName(settings.amiParameter, 'python-ml', 'arm64')).toBe(
    '/auto-ami/templates/python-ml/arm64/ami-id',
  );
});
