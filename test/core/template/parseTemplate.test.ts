import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parseTemplate } from '../../../src/core/template/parseTemplate.ts';
import { parsed, problemsOf, warningsOf } from './builders.ts';

const FULL = `
name: "Full Template"
slug: full
description: |
  Two
  lines
version: 1.0
base: ubuntu-22.04-server-lts
architecture: arm64
package_manager: conda
packages:
  system: [git, git, g++]
  apt: [r-base]
  dnf: [R]
  conda: [python=3.11]
  pip: ["plotly[express]"]
services:
  - docker
  - name: jupyter.service
    port: 8888
    enable: no
    config: ["c.ServerApp.ip = '0.0.0.0'"]
  - {name: app, port: 0, command: /usr/bin/app --serve, user: ann}
users:
  - ubuntu
  - {name: ann, groups: [sudo, sudo, docker], shell: /bin/zsh}
build_steps:
  - {name: First, script: "echo 1", timeout_seconds: 60}
post_install: |
  #!/bin/bash
  echo 2

components:
  - arn:aws:imagebuilder:us-east-1:aws:component/update-linux/x.x.x
tests:
  - git --version
  - {name: five, command: "echo 5", equals: 5}
validation:
  - {name: old, script: "false", success: false}
  - {name: code, command: exit 3, expected_exit_code: 3}
  - {name: part, command: echo abc, expected_output: b}
instance_defaults: {type: t3.large, ports: [22, 8888], root_volume_gb: 40, extra_key: 1}
auto_ami:
  strategy: copy
  instance_types: {x86_64: m7i.large, arm64: [m7g.large, m6g.large]}
  volume_gb: 60
  max_minutes: 90
tags: {os: ubuntu, year: 2026}
icon: "🐍"
prerequisites: [Patience, 3, true, null_is_text]
`;

test('every field is read', () => {
  const { extra, ...template } = parsed(FULL);
  expect(template).toEqual({
    slug: 'full',
    name: 'Full Template',
    description: 'Two\nlines',
    version: '1.0',
    base: 'ubuntu-22.04',
    inherits: [],
    architectures: ['arm64'],
    packageManager: 'conda',
    packages: {
      system: ['git', 'g++'],
      apt: ['r-base'],
      dnf: ['R'],
      conda: ['python=3.11'],
      pip: ['plotly[express]'],
    },
    services: [
      { name: 'docker', config: [] },
      { name: 'jupyter', port: 8888, enable: false, config: ["c.ServerApp.ip = '0.0.0.0'"] },
      { name: 'app', config: [], command: '/usr/bin/app --serve', user: 'ann' },
    ],
    users: [
      { name: 'ubuntu', groups: [] },
      { name: 'ann', groups: ['sudo', 'docker'], shell: '/bin/zsh' },
    ],
    postInstall: [
      { name: 'First', script: 'echo 1\n', timeoutSeconds: 60 },
      { name: 'full post-install', script: '#!/bin/bash\necho 2\n' },
    ],
    components: ['arn:aws:imagebuilder:us-east-1:aws:component/update-linux/x.x.x'],
    tests: [
      { name: 'git --version', command: 'git --version', expect: { kind: 'success' } },
      { name: 'five', command: 'echo 5', expect: { kind: 'equals', text: '5' } },
      { name: 'old', command: 'false', expect: { kind: 'failure' } },
      { name: 'code', command: 'exit 3', expect: { kind: 'exitCode', exitCode: 3 } },
      { name: 'part', command: 'echo abc', expect: { kind: 'contains', text: 'b' } },
    ],
    instanceDefaults: { type: 't3.large', ports: [22, 8888], rootVolumeGb: 40 },
    build: {
      strategy: 'copy',
      instanceTypes: { x86_64: ['m7i.large'], arm64: ['m7g.large', 'm6g.large'] },
      volumeGb: 60,
      maxMinutes: 90,
    },
    tags: { os: 'ubuntu', year: '2026' },
  });
  expect(extra).toEqual({
    instance_defaults: { type: 't3.large', ports: [22, 8888], root_volume_gb: 40, extra_key: 1 },
    icon: '🐍',
    prerequisites: ['Patience', 3, true, 'null_is_text'],
  });
});

test.each(['copy', 'auto'])(
  'a template of strategy %s is told that it is built in each region',
  (strategy) => {
    const result = parseTemplate(`name: a\nbase: ubuntu-22.04\nauto_ami: {strategy: ${strategy}}\n`, {
      file: 'a.yml',
    });
    expect(result.warnings.map(({ message }) => message)).toEqual([
      `This version does not copy images: with ${strategy}, too, each region builds its own.`,
    ]);
  },
);

describe('identity', () => {
  test('a template without a name has its file’s', () => {
    const template = parsed('base: ubuntu-22.04\n', 'some/where/java-dev.yml');
    expect([template.name, template.slug]).toEqual(['java-dev', 'java-dev']);
  });

  test('a template without a slug has the one CloudWorkstation derives', () => {
    expect(parsed('name: "Ubuntu 22.04 Server"\nbase: ubuntu-22.04\n').slug).toBe('ubuntu-2204-server');
  });

  test('a name of which no slug can be made is a problem', () => {
    expect(problemsOf('name: 日本\nbase: ubuntu-22.04\n')).toEqual([
      expect.stringMatching(/^1:7 name: no slug can be made/),
    ]);
  });

  test('parents can stand in for a base', () => {
    expect(parsed('name: a\ninherits: [Rocky Linux 9 Base]\n').base).toBeUndefined();
  });
});

test('all problems are told at once, in the order of the file, with place, expectation and remedy', () => {
  const text = `
name: x
slug: Big Slug
base: Ubuntu
package_manager: condo
packages:
  system: ["git; rm -rf /", "vim --force", 7zip, 12]
  conda: numpy
  pip: [requests==2.31, "requests==2.32"]
  spack: [gcc]
services:
  - port: 99999
  - name: "a b"
  - docker
  - docker
users:
  - name: Ann
    groups: ["x;y"]
    shell: bash
tests:
  - name: two
    command: echo
    equals: a
    contains: b
architectures: [x86_64, arm]
auto_ami:
  volume_gb: zero
  instance_type: m7i.large
  instance_types: {x86_64: [m7g.large]}
components: [arn:aws:s3:::x]
`;
  const problems = problemsOf(text);
  const expected = [
    [/^3:7 slug: "Big Slug" cannot be used/, /such as big-slug/],
    [/^4:7 base: "Ubuntu" cannot be used/, /the slug may be ubuntu/],
    [/^5:18 package_manager: "condo" is not known here/, /did you mean conda\?/],
    [/^7:12 packages.system\[0\]: "git; rm -rf \/" cannot be used/, /one package per line/],
    [/^7:29 packages.system\[1\]: "vim --force"/],
    [/^8:10 packages.conda: "numpy" stands where a list belongs/],
    [/^9:25 packages.pip\[1\]: "requests==2.32" and "requests==2.31" name the same package/],
    [
      /^10:3 packages.spack: packages of "spack" cannot be installed/,
      /expected system, apt, dnf, conda, pip/,
    ],
    [/^12:5 services\[0\]: the service has no name/],
    [/^12:11 services\[0\].port: "99999" is not a whole number in range/, /expected 0 to 65535/],
    [/^13:11 services\[1\].name: "a b" cannot be used/],
    [/^15:5 services\[3\]: the service "docker" is listed twice/],
    [/^17:11 users\[0\].name: "Ann" cannot be used/],
    [/^18:14 users\[0\].groups\[0\]: "x;y" cannot be used/],
    [/^19:12 users\[0\].shell: "bash" cannot be used/],
    [/^21:5 tests\[0\]: the test expects several things: equals, contains/],
    [/^25:25 architectures\[1\]: "arm" is not known here/, /did you mean arm64|expected x86_64, arm64/],
    [/^27:14 auto_ami.volume_gb: "zero" is not a whole number/],
    [/^28:18 auto_ami.instance_type: "instance_type" is not read here/, /did you mean instance_types\?/],
    [/^29:29 auto_ami.instance_types.x86_64\[0\]: m7g.large is not an instance type of x86_64/],
    [/^30:14 components\[0\]: "arn:aws:s3:::x" cannot be used/],
  ];
  expected.forEach((patterns, index) =>
    patterns.forEach((pattern) => expect(problems[index]).toMatch(pattern)),
  );
  expect(problems).toHaveLength(expected.length);
});

describe('tolerance', () => {
  test('keys that do not concern image building are kept without a word', () => {
    const text =
      'name: a\nbase: ubuntu-22.04\ncategory: X\nidle_detection: {enabled: true}\nzebra_stripes: 12\n';
    expect(warningsOf(text)).toEqual([]);
    expect(parsed(text).extra).toEqual({
      category: 'X',
      idle_detection: { enabled: true },
      zebra_stripes: 12,
    });
  });

  test('a near miss of a key that is read is told', () => {
    expect(warningsOf('name: a\nbase: ubuntu-22.04\npakages:\n  system: [git]\n')).toEqual([
      '3:1 pakages: "pakages" is not read (did you mean packages?)',
    ]);
  });

  test('what takes effect at launch is told', () => {
    const text =
      'name: a\nbase: ubuntu-22.04\nuser_data: "{{IDLE}}"\nfiles: [{s3_key: a}]\nusers: [{name: b, password: c}]\n';
    expect(warningsOf(text).map((line) => line.split(' ')[0])).toEqual(['3:12', '4:1', '5:29']);
    expect(parsed(text).userData).toBe('{{IDLE}}');
  });

  test('fields without a value are as if not written', () => {
    const text =
      'name: a\nbase: ubuntu-22.04\nservices:\nusers: ~\npost_install:\npackages:\n  system:\ntags:\n';
    expect(parsed(text)).toMatchObject({ services: [], users: [], postInstall: [], tags: {} });
  });

  test('lists of packages nobody installs may be there, empty', () => {
    expect(problemsOf('name: a\nbase: ubuntu-22.04\npackages: {spack: []}\n')).toEqual([]);
  });
});

test('a parameterised template is read with its defaults', () => {
  const text = `
name: Configurable
base: ubuntu-22.04
parameters:
  python: {type: choice, default: "3.11"}
  gpu: {type: bool, default: false}
variables: {ENV: ml}
packages: {conda: ["python={{.python}}"]}
services: [{name: "jupyter-{{.ENV}}", config: ["ip = '{{.WebInterfaceBindIP}}'"]}]
post_install: |
  echo {{.ENV}}{{if .gpu}} gpu{{end}}
user_data: "{{.launch_time}}"
`;
  const template = parsed(text);
  expect(template.packages.conda).toEqual(['python=3.11']);
  expect(template.services[0]).toMatchObject({ name: 'jupyter-ml', config: ["ip = '127.0.0.1'"] });
  expect(template.postInstall[0]?.script).toBe('echo ml\n');
  expect(template.userData).toBe('{{.launch_time}}');
  expect(problemsOf(text.replace('{{.ENV}}{{if', '{{.NONE}}{{if'))).toEqual([
    expect.stringContaining('the placeholder {{.NONE}} has no default value'),
  ]);
});

test('braces of a template without parameters are left alone', () => {
  const text = 'name: a\nbase: ubuntu-22.04\ntests: ["docker ps --format \'{{.Names}}\'"]\n';
  expect(parsed(text).tests[0]?.command).toBe("docker ps --format '{{.Names}}'");
});

test.each([
  ['a control character', '"echo \\u0007"'],
  ['a lone surrogate', '"echo \\ud800"'],
  ['a line break of old YAML', '"echo \\u2028phases:"'],
  ['a next-line character', '"echo \\u0085phases:"'],
  ['a byte order mark', '"echo \\ufeff"'],
  ['an override of text direction', '"echo \\u202e"'],
  ['a bare carriage return', '"echo \\r"'],
])('%s is refused', (_, script) => {
  expect(problemsOf(`name: a\nbase: ubuntu-22.04\npost_install: ${script}\n`)).toEqual([
    expect.stringMatching(/^3:15 post_install: the text holds characters that cannot be printed/),
  ]);
});

test('ready-made images are read, the rest of their block is kept', () => {
  const template = parsed(`
name: a
base: ami-based
package_manager: ami
ami_config:
  strategy: ami_preferred
  amis: {us-east-1: {x86_64: ami-0c94855ba95b798c7}}
  ssh_user: ec2-user
  user_data_script: |
    dnf update -y
`);
  expect(template.amiConfig).toEqual({
    amis: { 'us-east-1': { x86_64: 'ami-0c94855ba95b798c7' } },
    sshUser: 'ec2-user',
    userDataScript: 'dnf update -y\n',
  });
  expect(template.extra['ami_config']).toMatchObject({ strategy: 'ami_preferred' });
});

describe('whatever the text', () => {
  test('the parser answers and never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 300 }),
        (text) => typeof parseTemplate(text, { file: 'f' }).ok === 'boolean',
      ),
    );
  });

  test('of a template with any values in its fields, problems have a place in the file', () => {
    const keys = fc.constantFrom(
      ...[
        'name',
        'slug',
        'base',
        'inherits',
        'architectures',
        'package_manager',
        'packages',
        'services',
        'users',
        'tests',
      ],
      ...[
        'post_install',
        'components',
        'instance_defaults',
        'ami_config',
        'auto_ami',
        'tags',
        'version',
        'parameters',
      ],
    );
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue({ maxDepth: 4 })), (document) => {
        const text = stringify(document);
        const result = parseTemplate(text, { file: 'f' });
        const last = text.split('\n').length;
        for (const { line, column } of result.ok ? result.warnings : result.problems) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(last);
          expect(column).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });
});
