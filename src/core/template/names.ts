import type { PackageList } from './template.ts';

/** A rule for a word that ends up in a generated script, a resource name or a path. */
export interface NameRule {
  readonly pattern: RegExp;
  /** The rule in words, for problems: "expected …". */
  readonly expected: string;
}

export const SLUG: NameRule = {
  pattern: /^[a-z0-9][a-z0-9-]{0,39}$/,
  expected: '1 to 40 lower-case letters, digits and dashes, not starting with a dash, such as python-ml',
};

export const BASE_NAME: NameRule = {
  pattern: /^[a-z0-9][a-z0-9._-]{0,63}$/,
  expected: 'a base image such as ubuntu-22.04 or amazon-linux-2023, or the slug of another template',
};

/** What `useradd` accepts on every distribution we build on. */
export const USER_NAME: NameRule = {
  pattern: /^[a-z_][a-z0-9_-]{0,31}$/,
  expected:
    '1 to 32 lower-case letters, digits, dashes and underscores, starting with a letter or underscore',
};

/** A systemd unit name without its `.service`; it is also a directory below /etc, so no `/` and no leading dot. */
export const SERVICE_NAME: NameRule = {
  pattern: /^[A-Za-z0-9_][A-Za-z0-9_.@:-]{0,99}$/,
  expected: 'a systemd unit name of letters, digits and _ . @ : -, such as rstudio-server',
};

export const ABSOLUTE_PATH: NameRule = {
  pattern: /^(?:\/[A-Za-z0-9_+.-]+)+$/,
  expected: 'an absolute path of letters, digits and _ + . -, such as /bin/bash',
};

export const INSTANCE_TYPE: NameRule = {
  pattern: /^[a-z][a-z0-9-]{1,30}\.[a-z0-9-]{1,20}$/,
  expected: 'an EC2 instance type such as m7i.large',
};

export const AMI_ID: NameRule = {
  pattern: /^ami-[0-9a-f]{8,17}$/,
  expected: 'an AMI id such as ami-0abcdef1234567890',
};

/** A component of any owner, by version (`1.0.0`, `1.x.x`) or by build version (`1.0.0/3`). */
export const COMPONENT_ARN: NameRule = {
  pattern:
    /^arn:aws[a-z-]*:imagebuilder:[a-z0-9-]+:(?:\d{12}|aws(?:-[a-z-]+)?|third-party):component\/[a-z0-9-_]+\/(?:(?:\d+|x)\.(?:\d+|x)\.(?:\d+|x)|\d+\.\d+\.\d+\/\d+)$/,
  expected:
    'an Image Builder component ARN such as arn:aws:imagebuilder:us-east-1:aws:component/update-linux/x.x.x',
};

const APT: NameRule = {
  // apt-get takes a trailing dash as "remove": such names are refused.
  pattern: /^[a-z0-9][a-z0-9+.-]*[a-z0-9+.](?::[a-z0-9]+)?(?:=[A-Za-z0-9.+~:-]+)?(?:\/[a-z0-9-]+)?$/,
  expected: 'a Debian package such as git, g++ or r-base=4.3.1-1',
};

const DNF: NameRule = {
  pattern: /^@?[A-Za-z0-9](?:[A-Za-z0-9._+~^:-]*[A-Za-z0-9._+])?$/,
  expected:
    'an RPM package such as git or java-21-amazon-corretto-devel, or a group such as @development-tools',
};

/** What may stand on each package list. A word that passes is still quoted. */
export const PACKAGE_NAME: Readonly<Record<PackageList, NameRule>> = {
  system: {
    pattern: new RegExp(`${APT.pattern.source}|${DNF.pattern.source}`),
    expected: 'a package of the base OS such as git',
  },
  apt: APT,
  dnf: DNF,
  conda: {
    pattern:
      /^(?:[A-Za-z0-9_-]+(?:\/[A-Za-z0-9_-]+)?::)?[A-Za-z0-9_][A-Za-z0-9_.-]*(?:(?:==?|!=|>=?|<=?|~=)[A-Za-z0-9_.*+!]+(?:[,|](?:==?|!=|>=?|<=?|~=)?[A-Za-z0-9_.*+!]+)*(?:=[A-Za-z0-9_.*+]+)?)?$/,
    expected: 'a conda package such as numpy, python=3.11 or conda-forge::r-base>=4.3,<4.4',
  },
  pip: {
    pattern:
      /^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?(?:\[[A-Za-z0-9_.-]+(?:,[A-Za-z0-9_.-]+)*\])?(?:(?:===?|!=|>=?|<=?|~=)[A-Za-z0-9_.*+!-]+(?:,(?:===?|!=|>=?|<=?|~=)[A-Za-z0-9_.*+!-]+)*)?$/,
    expected: 'a Python package such as plotly, torch==2.4.* or uvicorn[standard]>=0.30',
  },
};

/** The package itself, without version, channel, extras or architecture: what two lines are about when they disagree. */
export function packageKey(list: PackageList, spec: string): string {
  const name = spec.replace(/^.*::/, '').split(/[=<>!~[/]/, 1)[0] ?? spec;
  return list === 'conda' || list === 'pip' ? name.toLowerCase().replaceAll(/[_.]/g, '-') : name;
}

/** The slug CloudWorkstation gives a template that names none. */
export function slugFromName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9\s-]+/g, '')
    .replaceAll(/[\s-]+/g, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, '');
}
