import { parseDocument } from 'yaml';
import type { ComponentParameterDetail } from '@aws-sdk/client-imagebuilder';
import { invalidValue } from '../wire/serviceError.ts';

/**
 * The check CreateComponent makes of an AWSTOE document (Image Builder user guide, "Use the AWSTOE component document framework").
 */

const ACTIONS = new Set([
  ...[
    'AppendFile',
    'Assert',
    'CopyFile',
    'CopyFolder',
    'CreateFile',
    'CreateFolder',
    'CreateSymlink',
    'DeleteFile',
  ],
  ...[
    'DeleteFolder',
    'ExecuteBash',
    'ExecuteBinary',
    'ExecuteDocument',
    'ExecutePowerShell',
    'InstallMSI',
    'ListFiles',
  ],
  ...[
    'MoveFile',
    'MoveFolder',
    'ReadFile',
    'Reboot',
    'S3Download',
    'S3Upload',
    'SetFileEncoding',
    'SetFileOwner',
  ],
  ...[
    'SetFilePermissions',
    'SetFolderOwner',
    'SetFolderPermissions',
    'SetRegistry',
    'UninstallMSI',
    'UpdateOS',
  ],
  'WebDownload',
]);
/** Everything else must be told what to work on. */
const ACTIONS_WITHOUT_INPUTS = new Set(['Reboot', 'UpdateOS']);
const PHASES = new Set(['build', 'validate', 'test', 'container-host-test']);
const ON_FAILURE = new Set(['Abort', 'Continue', 'Ignore']);
const STEP_NAME = /^[0-9a-zA-Z_-]+$/;
const DOCUMENT_KEYS = new Set(['name', 'description', 'schemaVersion', 'constants', 'parameters', 'phases']);
const STEP_KEYS = new Set([
  'name',
  'action',
  'if',
  'loop',
  'timeoutSeconds',
  'onFailure',
  'maxAttempts',
  'inputs',
]);

/** One step as far as the stand-in reads it. */
export interface ComponentStep {
  readonly phase: string;
  readonly name: string;
  readonly action: string;
  /** Of ExecuteBash and ExecutePowerShell. */
  readonly commands: readonly string[];
}

export interface ComponentDocument {
  /** TEST if the only phase is `test`, else BUILD. */
  readonly type: 'BUILD' | 'TEST';
  readonly parameters: readonly ComponentParameterDetail[];
  readonly steps: readonly ComponentStep[];
}

type Mapping = Readonly<Record<string, unknown>>;

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const refuse = (why: string): never => {
  throw invalidValue('data', why);
};

const mapping = (value: unknown, what: string): Mapping =>
  isMapping(value) ? value : refuse(`${what} must be a mapping.`);

const list = (value: unknown, what: string): readonly unknown[] =>
  Array.isArray(value) && value.length > 0
    ? value
    : refuse(`${what} must be a list with at least one entry.`);

const text = (value: unknown, what: string): string =>
  typeof value === 'string' && value !== '' ? value : refuse(`${what} must be a string.`);

const known = (value: Mapping, keys: ReadonlySet<string>, what: string): void => {
  const unknown = Object.keys(value).filter((key) => !keys.has(key));
  if (unknown.length > 0) refuse(`${what} has unknown properties: ${unknown.join(', ')}.`);
};

function readStep(raw: unknown, phase: string, names: Set<string>): ComponentStep {
  const step = mapping(raw, `Every step in phase '${phase}'`);
  const name = text(step.name, `The name of a step in phase '${phase}'`);
  const where = `Step '${name}' in phase '${phase}'`;
  if (!STEP_NAME.test(name)) {
    refuse(
      `Invalid step name '${name}' in phase '${phase}'. Allowed characters are combinations of numbers [0-9], english letters [a-z,A-Z] and special characters [-_].`,
    );
  }
  if (names.has(name)) refuse(`The step name '${name}' is not unique in phase '${phase}'.`);
  names.add(name);
  known(step, STEP_KEYS, where);
  const action = text(step.action, `The action of step '${name}' in phase '${phase}'`);
  if (!ACTIONS.has(action)) refuse(`${where} has an unsupported action '${action}'.`);
  const { timeoutSeconds, maxAttempts, onFailure, inputs } = step;
  if (
    timeoutSeconds !== undefined &&
    !(Number.isInteger(timeoutSeconds) && (timeoutSeconds === -1 || Number(timeoutSeconds) > 0))
  ) {
    refuse(`${where} has an invalid timeoutSeconds: it must be -1 or a positive integer.`);
  }
  if (maxAttempts !== undefined && !(Number.isInteger(maxAttempts) && Number(maxAttempts) > 0)) {
    refuse(`${where} has an invalid maxAttempts: it must be a positive integer.`);
  }
  if (onFailure !== undefined && !(typeof onFailure === 'string' && ON_FAILURE.has(onFailure))) {
    refuse(`${where} has an invalid onFailure: it must be Abort, Continue or Ignore.`);
  }
  if (!ACTIONS_WITHOUT_INPUTS.has(action) && (inputs === undefined || inputs === null)) {
    refuse(`${where}: action ${action} has no inputs; it requires an 'inputs'.`);
  }
  return { phase, name, action, commands: commandsOf(action, inputs, where) };
}

function commandsOf(action: string, inputs: unknown, where: string): readonly string[] {
  if (action !== 'ExecuteBash' && action !== 'ExecutePowerShell') return [];
  const { commands } = mapping(inputs, `The inputs of ${where}`);
  return list(commands, `The commands of ${where}`).map((command) =>
    text(command, `Every command of ${where}`),
  );
}

function readParameters(raw: unknown): readonly ComponentParameterDetail[] {
  if (raw === undefined) return [];
  return list(raw, 'parameters').flatMap((entry) =>
    Object.entries(mapping(entry, 'Every parameter')).map(([name, definition]) => {
      const { type, default: preset, description } = mapping(definition, `The parameter '${name}'`);
      return {
        name,
        type: typeof type === 'string' ? type : 'String',
        ...(preset === undefined
          ? {}
          : { defaultValue: (Array.isArray(preset) ? preset : [preset]).map(String) }),
        ...(typeof description === 'string' ? { description } : {}),
      };
    }),
  );
}

/** @throws ServiceError InvalidParameterValueException about `data`, naming phase and step */
export function readComponentDocument(source: string): ComponentDocument {
  const yaml = parseDocument(source, { schema: 'core' });
  const [error] = yaml.errors;
  if (error !== undefined) refuse(`The document is not valid YAML: ${error.message.split('\n')[0] ?? ''}`);
  const document = mapping(yaml.toJS(), 'The document');
  known(document, DOCUMENT_KEYS, 'The document');
  const version: unknown = document.schemaVersion;
  if (version !== '1.0' && version !== 1) refuse('The document must have schemaVersion 1.0.');
  const steps: ComponentStep[] = [];
  const phases = new Set<string>();
  for (const entry of list(document.phases, 'phases')) {
    const phase = mapping(entry, 'Every phase');
    const name = text(phase.name, 'The name of a phase');
    if (!PHASES.has(name))
      refuse(`The phase '${name}' is not supported. Phases are build, validate and test.`);
    if (phases.has(name)) refuse(`The phase '${name}' is not unique in the document.`);
    phases.add(name);
    const names = new Set<string>();
    steps.push(
      ...list(phase.steps, `The steps of phase '${name}'`).map((step) => readStep(step, name, names)),
    );
  }
  return {
    type: phases.size === 1 && phases.has('test') ? 'TEST' : 'BUILD',
    parameters: readParameters(document.parameters),
    steps,
  };
}
