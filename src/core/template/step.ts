import type { BaseOs, ResolvedTemplate } from './template.ts';

export const PHASES = ['build', 'validate', 'test'] as const;
export type Phase = (typeof PHASES)[number];

/** One step of an AWSTOE document: a bash script in a phase. */
export interface Step {
  readonly phase: Phase;
  /** Letters and digits, unique within the template. */
  readonly name: string;
  readonly script: string;
  readonly timeoutSeconds?: number;
  /** For steps that download: how often they may be tried. They must bear repetition. */
  readonly maxAttempts?: number;
}

/** What the makers of steps know beside the template. */
export interface StepContext {
  readonly template: ResolvedTemplate;
  /** Undefined when the base does not tell and nothing of the template needs it. */
  readonly os: BaseOs | undefined;
  readonly miniforge: Miniforge;
  /** Packages to bring to their newest version where they are installed. */
  readonly upgrade: readonly string[];
}

/** Where conda comes from. */
export interface Miniforge {
  readonly version: string;
  /** Everything before `/<version>/Miniforge3-<version>-Linux-<machine>.sh`; a mirror has the same layout. */
  readonly url: string;
}

/** Pinned, so that an image changes when its recipe does and not when a download page does. */
export const DEFAULT_MINIFORGE: Miniforge = {
  version: '25.3.1-0',
  url: 'https://github.com/conda-forge/miniforge/releases/download',
};

export const CONDA_PREFIX = '/opt/miniforge';

/** Python packages of templates without conda live in a virtual environment: Debian refuses pip outside of one. */
export const VENV_PREFIX = '/opt/python';

/** Whether the template wants conda: it says so, or lists conda packages. */
export function usesConda({ packageManager, packages }: ResolvedTemplate): boolean {
  return packageManager === 'conda' || (packageManager !== 'ami' && packages.conda.length > 0);
}

/** Whether pip installs into the virtual environment. */
export function usesVenv(template: ResolvedTemplate): boolean {
  const { packageManager, packages } = template;
  return (
    !usesConda(template) &&
    (packageManager === 'pip' || (packageManager !== 'ami' && packages.pip.length > 0))
  );
}

/** Where the template's `python` and what pip or conda installed can be found, if it has its own. */
export function pythonPrefix(template: ResolvedTemplate): string | undefined {
  if (usesConda(template)) return CONDA_PREFIX;
  return usesVenv(template) ? VENV_PREFIX : undefined;
}

/** A script that ends at the first failure, whoever causes it; `HOME` is unset where Systems Manager runs scripts. */
export function bashScript(...parts: readonly (string | undefined)[]): string {
  const body = parts.filter((part) => part !== undefined && part !== '');
  return ['set -euo pipefail', 'export HOME="${HOME:-/root}"', ...body].join('\n') + '\n';
}

/** What keeps Debian's package tools from asking questions and restarting services. */
export const APT_QUIET = 'export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1';
