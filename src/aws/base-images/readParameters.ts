import { GetParametersCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { chunks } from '../../core/chunks.ts';
import type { Instant } from '../../core/words.ts';
import { inOneSentence, isTransientError } from '../awsError.ts';

/** Names that one GetParameters takes. */
export const MOST_NAMES = 10;

export interface ReadParameter {
  readonly name: string;
  readonly value: string;
  readonly version: number;
  /** When this version was written. */
  readonly modifiedAt?: Instant;
}

export type ParameterAnswer = ReadParameter | { readonly problem: string };

/**
 * Values and versions of parameters, with their dates, ten a call. A name that makes the whole call fail, because it
 * may not be read or is none, takes no other with it: the ten are asked for one by one then. It is not so when AWS is
 * only busy.
 */
export async function readParameters(
  ssm: SSMClient,
  names: readonly string[],
): Promise<ReadonlyMap<string, ParameterAnswer>> {
  const batches = chunks([...new Set(names)], MOST_NAMES);
  const answers = await Promise.all(batches.map((batch) => readBatch(ssm, batch)));
  return new Map(answers.flat());
}

type NamedAnswer = readonly [name: string, answer: ParameterAnswer];

async function readBatch(ssm: SSMClient, names: readonly string[]): Promise<NamedAnswer[]> {
  try {
    const { Parameters = [] } = await ssm.send(new GetParametersCommand({ Names: [...names] }));
    const found = new Map(Parameters.map((parameter) => [parameter.Name, parameter]));
    return names.map((name): NamedAnswer => {
      const { Value: value, Version: version, LastModifiedDate: modified } = found.get(name) ?? {};
      return value === undefined || version === undefined
        ? [name, missing(name)]
        : [
            name,
            { name, value, version, ...(modified === undefined ? {} : { modifiedAt: modified.getTime() }) },
          ];
    });
  } catch (error) {
    if (names.length > 1 && !isTransientError(error))
      return (await Promise.all(names.map((name) => readBatch(ssm, [name])))).flat();
    return names.map((name): NamedAnswer => [
      name,
      { problem: `The parameter ${name} could not be read: ${inOneSentence(error)}` },
    ]);
  }
}

export function missing(name: string): { readonly problem: string } {
  return { problem: `There is no parameter ${name}.` };
}
