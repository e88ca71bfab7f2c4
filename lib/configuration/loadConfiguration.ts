import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { ConfigurationError, type Configuration } from './configuration.ts';
import { readConfiguration } from './readConfiguration.ts';

export const DEFAULT_CONFIGURATION_FILE = 'auto-ami.config.yaml';

/** An SSM parameter of the advanced tier holds no more. */
const MAXIMUM_POLICY_BYTES = 8_192;

/** What is wrong with a policy's text, in sentences. */
export type PolicyProblems = (text: string, source: string) => readonly string[];

/** A configuration with the text of the policy a new deployment starts with, if it names one. */
export interface LoadedConfiguration {
  readonly configuration: Configuration;
  readonly policyText?: string;
}

/**
 * Reads a configuration file and the policy file it names.
 * @param file path of the configuration; a relative one from `directory`
 * @throws ConfigurationError naming everything that is wrong in both files
 */
export function loadConfiguration(
  file: string,
  directory: string,
  policyProblems: PolicyProblems,
): LoadedConfiguration {
  const text = read(resolve(directory, file));
  if (text === undefined)
    throw new ConfigurationError([
      `${file}: cannot be read. Copy auto-ami.config.example.yaml to ${DEFAULT_CONFIGURATION_FILE} and adapt it, or name another with "-c config=<file>" or AUTO_AMI_CONFIG`,
    ]);
  const problems: string[] = [];
  const configuration = attempt(() => readConfiguration(text, file), problems);
  const policyText = readPolicy(text, file, directory, policyProblems, problems);
  if (configuration === undefined || problems.length > 0) throw new ConfigurationError(problems);
  return policyText === undefined ? { configuration } : { configuration, policyText };
}

/** The policy is looked at even when the file that names it is wrong elsewhere. */
function readPolicy(
  text: string,
  file: string,
  directory: string,
  policyProblems: PolicyProblems,
  problems: string[],
): string | undefined {
  const named: unknown = parseDocument(text).get('policy');
  if (typeof named !== 'string' || named === '') return undefined;
  const path = resolve(directory, dirname(file), named);
  const policy = read(path);
  if (policy === undefined) {
    problems.push(`${file}: policy: ${named} cannot be read`);
    return undefined;
  }
  problems.push(...policyProblems(policy, relative(directory, path)));
  if (Buffer.byteLength(policy) > MAXIMUM_POLICY_BYTES)
    problems.push(
      `${file}: policy: ${named} has ${Buffer.byteLength(policy)} bytes, and the first policy has room for ${MAXIMUM_POLICY_BYTES}. Start with a shorter one and apply this one with "cws templates auto-ami configure --file"`,
    );
  return policy;
}

function attempt<T>(act: () => T, problems: string[]): T | undefined {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
