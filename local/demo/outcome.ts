import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { clean } from '../../cli/text/clean.ts';
import type { AmiAnswer } from '../../src/api/answers.ts';
import type { ApiClient } from '../../src/api/client.ts';
import { by } from '../../src/core/by.ts';
import type { Target } from '../../src/core/words.ts';
import type { LocalClients } from './localClients.ts';

/** An AMI there is to be in the end. */
export interface ExpectedAmi extends Target {
  readonly baseRelease: string;
}

/** What became of it. */
export interface AmiVerdict extends ExpectedAmi {
  readonly amiId: string | undefined;
  readonly parameter: string | undefined;
  /** What is wrong with it; absent: it is active, and its SSM parameter holds its id. */
  readonly problem?: string;
}

/** Every kept template of a base, in each region, for each of its architectures. */
export async function expectedAmis(
  { base, release }: { readonly base: string; readonly release: string },
  regions: readonly string[],
  client: ApiClient,
): Promise<ExpectedAmi[]> {
  const { templates } = clean(await client.call('templates', {}));
  return templates
    .filter((template) => template.base === base && template.kept !== null)
    .flatMap(({ slug, architectures }) =>
      regions.flatMap((region) =>
        architectures.map((architecture) => ({
          ...{ template: slug, region, architecture },
          baseRelease: release,
        })),
      ),
    )
    .sort(
      by(
        (ami) => ami.template,
        (ami) => ami.region,
        (ami) => ami.architecture,
      ),
    );
}

/** Looks each expected AMI up in the control API, and then in SSM itself. */
export async function verdicts(
  expected: readonly ExpectedAmi[],
  { client, ssm }: { readonly client: ApiClient } & Pick<LocalClients, 'ssm'>,
): Promise<AmiVerdict[]> {
  const { images } = clean(await client.call('images', {}));
  return Promise.all(
    expected.map(async (ami) => {
      const active = images.find((image) => isAt(image, ami) && image.state === 'active');
      const published =
        active === undefined ? undefined : await parameterValue(ssm(ami.region), active.parameter);
      const problem = problemOf(ami, active, published);
      return {
        ...ami,
        amiId: active?.amiId,
        parameter: active?.parameter,
        ...(problem === undefined ? {} : { problem }),
      };
    }),
  );
}

function isAt(image: AmiAnswer, { template, region, architecture }: Target): boolean {
  return image.template === template && image.region === region && image.architecture === architecture;
}

/** What is wrong with an AMI, in words. */
export function problemOf(
  { baseRelease }: Pick<ExpectedAmi, 'baseRelease'>,
  active: Pick<AmiAnswer, 'amiId' | 'baseRelease' | 'publishedAt' | 'parameter'> | undefined,
  published: string | undefined,
): string | undefined {
  if (active === undefined) return 'there is no active AMI';
  if (active.baseRelease !== baseRelease)
    return `the active AMI ${active.amiId} is still built on ${active.baseRelease}`;
  if (published !== active.amiId)
    return `${active.parameter} ${published === undefined ? 'does not exist' : `holds ${published}`}, not ${active.amiId}`;
  if (active.publishedAt === null)
    return `${active.amiId} is published, and the control API does not know it`;
  return undefined;
}

async function parameterValue(
  ssm: ReturnType<LocalClients['ssm']>,
  name: string,
): Promise<string | undefined> {
  try {
    return (await ssm.send(new GetParameterCommand({ Name: name }))).Parameter?.Value;
  } catch (error) {
    if (error instanceof Error && error.name === 'ParameterNotFound') return undefined;
    throw error;
  }
}
