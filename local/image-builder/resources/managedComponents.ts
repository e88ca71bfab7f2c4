import type { Component } from '@aws-sdk/client-imagebuilder';
import { matchesVersion, parseArn } from './names.ts';

/** A few of the components Amazon owns in every region, so that templates naming them by ARN can be tried. */
const MANAGED: Readonly<
  Record<string, { readonly version: string; readonly type: 'BUILD' | 'TEST'; readonly description: string }>
> = {
  'amazon-cloudwatch-agent-linux': {
    version: '1.0.1',
    type: 'BUILD',
    description: 'Installs the Amazon CloudWatch agent.',
  },
  'aws-cli-version-2-linux': {
    version: '1.0.4',
    type: 'BUILD',
    description: 'Installs the AWS CLI version 2.',
  },
  'reboot-linux': { version: '1.0.1', type: 'BUILD', description: 'Reboots the system.' },
  'reboot-test-linux': { version: '1.0.0', type: 'TEST', description: 'Tests that the system can reboot.' },
  'simple-boot-test-linux': { version: '1.0.0', type: 'TEST', description: 'Runs a simple boot test.' },
  'update-linux': { version: '1.0.2', type: 'BUILD', description: 'Updates Linux with the latest packages.' },
};

const DOCUMENT =
  'schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: Managed\n        action: UpdateOS\n';

const componentOf = (
  region: string,
  name: string,
  { version, type, description }: (typeof MANAGED)[string],
): Component => ({
  arn: `arn:aws:imagebuilder:${region}:aws:component/${name}/${version}/1`,
  name,
  version,
  description,
  type,
  platform: 'Linux',
  owner: 'Amazon',
  data: DOCUMENT,
  encrypted: true,
  state: { status: 'ACTIVE' },
  dateCreated: '2020-01-01T00:00:00.000Z',
});

export const managedComponents = (region: string): readonly Component[] =>
  Object.entries(MANAGED).map(([name, facts]) => componentOf(region, name, facts));

/** The Amazon-owned component an ARN means, if it is one we know. */
export function managedComponent(arn: string): Component | undefined {
  const { owner, region, name, version = 'x.x.x', build } = parseArn(arn);
  const facts = MANAGED[name];
  if (owner !== 'aws' || facts === undefined || !matchesVersion(version, facts.version)) return undefined;
  return build === undefined || build === 1 ? componentOf(region, name, facts) : undefined;
}
