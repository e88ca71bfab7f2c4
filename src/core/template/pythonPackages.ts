import { packageKey } from './names.ts';
import { feed, shellArray, shellQuote } from './shell.ts';
import { bashScript, CONDA_PREFIX, pythonPrefix, usesConda, usesVenv, VENV_PREFIX } from './step.ts';
import type { Miniforge, Step, StepContext } from './step.ts';
import { failWhenMissing } from './systemPackages.ts';

/** Conda with its packages, or a virtual environment, and what pip puts into the one or the other. */
export function installPythonPackages({ template, miniforge }: StepContext): readonly Step[] {
  const { conda, pip } = template.packages;
  const steps: Step[] = [];
  if (usesConda(template)) {
    steps.push(installMiniforge(miniforge));
    if (conda.length > 0) steps.push(installConda(conda));
  }
  if (usesVenv(template)) steps.push(createVenv());
  const prefix = pythonPrefix(template);
  if (prefix !== undefined && pip.length > 0) steps.push(installPip(prefix, pip));
  return steps;
}

/** Skipped where the base (another template's AMI) has it; a half-made installation is removed first. */
function installMiniforge({ version, url }: Miniforge): Step {
  return {
    phase: 'build',
    name: 'InstallMiniforge',
    maxAttempts: 3,
    script: bashScript(
      `prefix=${CONDA_PREFIX}`,
      'if [ ! -x "$prefix/bin/conda" ]; then',
      '  work="$(mktemp -d)"',
      '  trap \'rm -rf "$work"\' EXIT',
      `  url=${shellQuote(`${url}/${version}/Miniforge3-${version}-Linux`)}-"$(uname -m)".sh`,
      '  get() { curl --fail --location --silent --show-error --retry 5 --output "$work/$1" "$2"; }',
      '  get miniforge.sh "$url"',
      '  get expected "$url.sha256"',
      '  read -r sum _ < "$work/expected"',
      '  echo "$sum  $work/miniforge.sh" | sha256sum --check --strict -',
      '  rm -rf "$prefix"',
      '  bash "$work/miniforge.sh" -b -p "$prefix"',
      'fi',
      '# Where many scripts look for it.',
      '[ -e /opt/conda ] || ln -s "$prefix" /opt/conda',
      feed(
        'install -D -m 0644 /dev/stdin /etc/profile.d/auto-ami-conda.sh',
        `. ${CONDA_PREFIX}/etc/profile.d/conda.sh\nconda activate base\n`,
      ),
    ),
  };
}

function installConda(packages: readonly string[]): Step {
  return {
    phase: 'build',
    name: 'InstallCondaPackages',
    maxAttempts: 3,
    script: bashScript(
      shellArray('packages', packages),
      `${CONDA_PREFIX}/bin/conda install --yes --quiet --prefix ${CONDA_PREFIX} "\${packages[@]}"`,
    ),
  };
}

function createVenv(): Step {
  return {
    phase: 'build',
    name: 'CreatePythonEnvironment',
    script: bashScript(
      `[ -x ${VENV_PREFIX}/bin/python ] || python3 -m venv ${VENV_PREFIX}`,
      feed(
        'install -D -m 0644 /dev/stdin /etc/profile.d/auto-ami-python.sh',
        `export PATH="${VENV_PREFIX}/bin:$PATH"\n`,
      ),
    ),
  };
}

function installPip(prefix: string, packages: readonly string[]): Step {
  return {
    phase: 'build',
    name: 'InstallPythonPackages',
    maxAttempts: 3,
    script: bashScript(
      shellArray('packages', packages),
      `${prefix}/bin/python -m pip install --no-cache-dir --disable-pip-version-check "\${packages[@]}"`,
    ),
  };
}

/** Every listed package must be there under its name; which version the solvers chose is theirs to say. */
export function validatePythonPackages({ template }: StepContext): readonly Step[] {
  const { conda, pip } = template.packages;
  const prefix = pythonPrefix(template);
  const steps: Step[] = [];
  if (usesConda(template) && conda.length > 0) {
    const listed = `listed="$(${CONDA_PREFIX}/bin/conda list --prefix ${CONDA_PREFIX} | awk '!/^#/ {print $1}')"`;
    const names = conda.map((spec) => condaName(spec));
    steps.push(
      validate(
        'ValidateCondaPackages',
        names,
        listed,
        'grep -qxF "$package" <<< "$listed"',
        'conda packages',
      ),
    );
  }
  if (prefix !== undefined && pip.length > 0) {
    const names = pip.map((spec) => packageKey('pip', spec));
    const show = `${prefix}/bin/python -m pip --disable-pip-version-check show --quiet "$package" > /dev/null 2>&1`;
    steps.push(validate('ValidatePythonPackages', names, undefined, show, 'Python packages'));
  }
  return steps;
}

/** Conda keeps dots and underscores in names, which pip does not tell apart. */
function condaName(spec: string): string {
  return (spec.replace(/^.*::/, '').split(/[=<>!~]/, 1)[0] ?? spec).toLowerCase();
}

function validate(
  name: string,
  packages: readonly string[],
  before: string | undefined,
  test: string,
  what: string,
): Step {
  return {
    phase: 'validate',
    name,
    script: bashScript(
      shellArray('packages', packages),
      before,
      'missing=()',
      'for package in "${packages[@]}"; do',
      `  ${test} || missing+=("$package")`,
      'done',
      failWhenMissing(`${what} that are not installed`),
    ),
  };
}
