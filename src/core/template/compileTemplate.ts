import { osOfBase } from './baseOs.ts';
import type { Sha256 } from './contentVersion.ts';
import { invalidWords } from './invalidWords.ts';
import { MAX_COMPONENTS, packComponents } from './packComponents.ts';
import type { ComponentSpec } from './packComponents.ts';
import { installPythonPackages, validatePythonPackages } from './pythonPackages.ts';
import { cleanUp, runScripts, runTests } from './scriptSteps.ts';
import { configureServices, enableServices, testServices, validateServices } from './serviceSteps.ts';
import { DEFAULT_MINIFORGE } from './step.ts';
import type { Miniforge, Step, StepContext } from './step.ts';
import { installSystemPackages, validateSystemPackages } from './systemPackages.ts';
import type { BaseOs, ResolvedTemplate } from './template.ts';
import { closeHoles } from './upgradeSteps.ts';
import { createUsers, validateUsers } from './userSteps.ts';

export interface CompileOptions {
  readonly sha256: Sha256;
  /** Package manager of the base image; needed where neither the base's name nor the template tells. */
  readonly baseOs?: BaseOs;
  /** Package manager of the base image if it is one that nothing is installed with here, such as `zypper`. */
  readonly unsupportedManager?: string;
  /** Packages with holes that have a fix by now: brought to their newest version where they are installed. */
  readonly upgrade?: readonly string[];
  /** @default DEFAULT_MINIFORGE */
  readonly miniforge?: Miniforge;
}

export type CompiledTemplate =
  | {
      readonly ok: true;
      /** In the order in which the recipe runs them, after the components the template names by ARN. */
      readonly components: readonly ComponentSpec[];
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/** The makers of steps, in the order in which an image is built, validated and tested. Each knows its own phase. */
const STEP_MAKERS: readonly ((context: StepContext) => readonly Step[])[] = [
  installSystemPackages,
  closeHoles,
  installPythonPackages,
  createUsers,
  configureServices,
  runScripts,
  enableServices,
  cleanUp,
  validateSystemPackages,
  validatePythonPackages,
  validateUsers,
  validateServices,
  testServices,
  runTests,
];

/**
 * The Image Builder components of a template: AWSTOE documents that install, check and test it. The same template
 * gives the same documents, names and versions, on every machine and for every architecture.
 */
export function compileTemplate(template: ResolvedTemplate, options: CompileOptions): CompiledTemplate {
  const { unsupportedManager } = options;
  const fromTemplate =
    template.packageManager === 'apt' || template.packageManager === 'dnf'
      ? template.packageManager
      : undefined;
  // Where the base is known to have another one, neither its name nor the template is asked.
  const isOther = unsupportedManager !== undefined;
  const fromBase = options.baseOs ?? (isOther ? undefined : osOfBase(template.base));
  const os = fromBase ?? (isOther ? undefined : fromTemplate);
  const { miniforge = DEFAULT_MINIFORGE, upgrade = [] } = options;
  const context: StepContext = { template, os, miniforge, upgrade };
  const managers = { fromBase, fromTemplate, unsupportedManager };
  const problems = [...contradictions(context, managers), ...invalidWords(template, os)];
  if (problems.length > 0) return { ok: false, problems };
  const steps = STEP_MAKERS.flatMap((make) => make(context));
  const { components, oversized } = packComponents(template.slug, steps, options.sha256);
  const limits = oversized.map(
    ({ step, bytes }) =>
      `${stepLabel(template, step)} makes a document of ${bytes} bytes; Image Builder takes 65,536. Fetch large files in the script instead of carrying them in it.`,
  );
  const total = components.length + template.components.length;
  if (total > MAX_COMPONENTS) {
    limits.push(
      `The template "${template.slug}" needs ${total} components (${components.length} of its own); a recipe takes ${MAX_COMPONENTS}. Shorten its scripts, or build it on another template's AMI.`,
    );
  }
  return limits.length > 0
    ? { ok: false, problems: limits }
    : { ok: true, components, warnings: doubts(context) };
}

/** Base and package lists that cannot both be right. */
function contradictions(
  { template, os }: StepContext,
  {
    fromBase,
    fromTemplate,
    unsupportedManager,
  }: {
    readonly fromBase: BaseOs | undefined;
    readonly fromTemplate: BaseOs | undefined;
    readonly unsupportedManager: string | undefined;
  },
): readonly string[] {
  const problems: string[] = [];
  if (fromBase !== undefined && fromTemplate !== undefined && fromBase !== fromTemplate) {
    problems.push(
      `The template "${template.slug}" says package_manager ${fromTemplate}, but its base ${template.base} has ${fromBase}. Correct one of them, or say auto.`,
    );
  }
  const lists = [
    template.packages.system,
    template.packages.apt,
    template.packages.dnf,
    template.packages.pip,
  ];
  const needed =
    template.packageManager !== 'ami' &&
    (template.packageManager === 'pip' || lists.some((list) => list.length > 0));
  if (os === undefined && needed) {
    problems.push(
      unsupportedManager === undefined
        ? `The package manager of the base "${template.base}" is not known. Say package_manager apt or dnf, or configure the base image's operating system.`
        : `The packages of "${template.slug}" cannot be installed: its base ${template.base} has ${unsupportedManager}, and what is listed is installed by apt or dnf. Install them in post_install.`,
    );
  }
  return problems;
}

/** What compiles, but may not be what the author wanted. */
function doubts({ template, os }: StepContext): readonly string[] {
  const listed = Object.values(template.packages).some((list) => list.length > 0);
  const other = os === 'apt' ? 'dnf' : 'apt';
  return [
    ...(template.packageManager === 'ami' && listed
      ? ['Its packages are not installed: package_manager is ami.']
      : []),
    ...(os !== undefined && template.packageManager !== 'ami' && template.packages[other].length > 0
      ? [`Packages listed below ${other} are not installed: the base has ${os}.`]
      : []),
  ];
}

function stepLabel(template: ResolvedTemplate, step: string): string {
  const number = Number(/^Script(\d+)$/.exec(step)?.[1] ?? 0);
  const script = template.postInstall[number - 1];
  return script === undefined ? `The step ${step} of "${template.slug}"` : `The script "${script.name}"`;
}
