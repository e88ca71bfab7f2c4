import { describe, expect, test } from 'vitest';
import { amiName } from '../../../../local/image-builder/build/amiName.ts';
import { instanceArchitecture } from '../../../../local/image-builder/build/instanceArchitecture.ts';
import { osVersion } from '../../../../local/image-builder/build/osVersion.ts';
import { derivedPackages, installedBy } from '../../../../local/image-builder/build/packages.ts';
import { readComponentDocument } from '../../../../local/image-builder/resources/componentDocument.ts';

const facts = { recipeName: 'python-ml', buildVersion: 3, buildDate: Date.UTC(2026, 6, 27, 18, 2, 11, 345) };

test.each([
  ['x {{ imagebuilder:buildDate }}', 'x 2026-07-27T18-02-11.345Z'],
  ['x-{{imagebuilder:buildVersion}}', 'x-3'],
  ['plain', 'plain'],
  [undefined, 'python-ml 2026-07-27T18-02-11.345Z'],
])('the AMI name %j becomes %s', (template, name) => {
  expect(amiName(template, facts)).toBe(name);
});

test.each([
  ...[
    't4g.medium',
    'm7g.large',
    'c6gn.xlarge',
    'x2gd.large',
    'im4gn.large',
    'is4gen.medium',
    'g5g.xlarge',
    'a1.large',
  ].map((type) => [type, 'arm64']),
  ...[
    't3.medium',
    'm7i.large',
    'g4dn.xlarge',
    'g6.xlarge',
    'p4de.24xlarge',
    'u7i-12tb.224xlarge',
    'trn1.2xlarge',
  ].map((type) => [type, 'x86_64']),
])('%s is %s', (type, architecture) => {
  expect(instanceArchitecture(type)).toBe(architecture);
});

test.each([
  ['al2023-ami-2023.12.20260727.0-kernel-6.1-x86_64', 'Amazon Linux 2023'],
  ['ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260701', 'Ubuntu 24.04'],
  ['Rocky-9-EC2-Base-9.4.x86_64', 'Rocky Linux 9'],
  ['mine', undefined],
])('%s runs %s', (name, system) => {
  expect(osVersion(name)).toBe(system);
});

const documentOf = (...commands: readonly string[]) =>
  readComponentDocument(
    JSON.stringify({
      schemaVersion: '1.0',
      phases: [{ name: 'build', steps: [{ name: 'Install', action: 'ExecuteBash', inputs: { commands } }] }],
    }),
  );

describe('packages installed by a document', () => {
  test.each([
    ['dnf install -y git htop', ['git', 'htop']],
    [`sudo dnf -y install 'git' "gcc-c++" && echo done`, ['git', 'gcc-c++']],
    [
      'DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends curl=7.81.0-1ubuntu1.18',
      ['curl'],
    ],
    ['yum install git; yum install jq | cat', ['git', 'jq']],
    ['apt-get install \\\n  r-base \\\n  r-cran-dplyr', ['r-base', 'r-cran-dplyr']],
    [
      'packages=(\n  git\n  "gcc-c++"\n)\nrelease=()\ndnf install -y "${release[@]}" "${packages[@]}"',
      ['git', 'gcc-c++'],
    ],
    [
      'packages=(curl)\napt-get -o DPkg::Lock::Timeout=600 -o Acquire::Retries=5 \\\n  install -y "${packages[@]}"',
      ['curl'],
    ],
    ['pip install numpy', []],
    ['dnf install "$PACKAGES"', []],
  ])('%j', (command, names) => {
    expect(installedBy([documentOf(command)]).map(({ name }) => name)).toEqual(names);
  });

  test('keep the version a command asks for', () => {
    const installed = installedBy([documentOf('apt-get install -y curl=7.81.0-1ubuntu1.18')]);
    const parent = { imageId: 'ami-1', name: 'ubuntu', architecture: 'x86_64' };
    const packages = derivedPackages({ arn: 'arn', region: 'us-east-1', parent, installed });
    expect(packages).toContainEqual({ packageName: 'curl', packageVersion: '7.81.0-1ubuntu1.18' });
    expect(packages.filter(({ packageName }) => packageName === 'curl')).toHaveLength(1);
  });

  test('a new parent has other versions of what it brings', () => {
    const of = (name: string) =>
      derivedPackages({
        arn: 'arn',
        region: 'us-east-1',
        parent: { imageId: 'ami-1', name, architecture: 'x86_64' },
        installed: [],
      });
    expect(of('one')).toEqual(of('one'));
    expect(of('one')).not.toEqual(of('two'));
  });
});
