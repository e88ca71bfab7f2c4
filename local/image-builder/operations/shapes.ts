import { z } from 'zod';

/** Shapes used by several operations, with the lengths and patterns of the service model 2019-12-02. */

const ACCOUNT = '[0-9]{12}';
const MANAGED = `(?:${ACCOUNT}|aws(?:-[a-z-]+)?)`;
const PUBLISHED = `(?:${ACCOUNT}|aws(?:-[a-z-]+)?|third-party)`;
const NAME = '[a-z0-9-_]+';
const EXACT = String.raw`[0-9]+\.[0-9]+\.[0-9]+`;
const WILD = String.raw`(?:[0-9]+|x)\.(?:[0-9]+|x)\.(?:[0-9]+|x)`;

const arn = (owner: string, rest: string): z.ZodString =>
  z.string().regex(new RegExp(`^arn:aws[^:]*:imagebuilder:[^:]+:${owner}:${rest}$`));

export const componentVersionArn = arn(PUBLISHED, `component/${NAME}/${EXACT}`);
export const componentBuildVersionArn = arn(PUBLISHED, `component/${NAME}/${EXACT}/[0-9]+`);
export const componentVersionOrBuildArn = arn(PUBLISHED, `component/${NAME}/(?:${WILD}|${EXACT}/[0-9]+)`);
export const imageRecipeArn = arn(`(?:${ACCOUNT}|aws)`, `image-recipe/${NAME}/${WILD}`);
export const containerRecipeArn = arn(`(?:${ACCOUNT}|aws)`, `container-recipe/${NAME}/${WILD}`);
export const infrastructureConfigurationArn = arn(
  `(?:${ACCOUNT}|aws)`,
  `infrastructure-configuration/${NAME}`,
);
export const distributionConfigurationArn = arn(`(?:${ACCOUNT}|aws)`, `distribution-configuration/${NAME}`);
export const imageVersionArn = arn(MANAGED, `image/${NAME}/${EXACT}`);
export const imageBuildVersionArn = arn(MANAGED, `image/${NAME}/${EXACT}/[0-9]+`);
export const imageVersionOrBuildArn = arn(MANAGED, `image/${NAME}/(?:${WILD}|${EXACT}/[0-9]+)`);
export const workflowArn = z
  .string()
  .regex(
    new RegExp(
      `^arn:aws(?:-[a-z]+)*:imagebuilder:[a-z]{2,}(?:-[a-z]+)+-[0-9]+:${MANAGED}:workflow/(build|test|distribution)/${NAME}/(?:${WILD}|${EXACT}/[0-9]+)$`,
    ),
  );
export const imageBuilderArn = arn(
  PUBLISHED,
  '(?:image-recipe|container-recipe|infrastructure-configuration|distribution-configuration|component|image|image-pipeline|lifecycle-policy|workflow/(?:build|test|distribution))' +
    `/${NAME}(?:/${WILD}(?:/[0-9]+)?)?`,
);

export const resourceName = z.string().regex(/^[-_A-Za-z-0-9][-_A-Za-z0-9 ]{1,126}[-_A-Za-z-0-9]$/);
export const versionNumber = z.string().regex(new RegExp(`^${EXACT}$`));
export const wildcardVersionNumber = z.string().regex(new RegExp(`^${WILD}$`));
export const nonEmpty = z.string().min(1).max(1024);
export const clientToken = z.string().min(1).max(64);
export const platform = z.enum(['Windows', 'Linux', 'macOS']);
export const accountId = z.string().regex(/^[0-9]{12}$/);
export const roleNameOrArn = z
  .string()
  .min(1)
  .max(2048)
  .regex(/^(?:arn:aws(?:-[a-z]+)*:iam::[0-9]{12}:role\/)?[a-zA-Z_0-9+=,.@\-_/]+$/);

const tagKey = z
  .string()
  .min(1)
  .max(128)
  .regex(/^(?!aws:)[a-zA-Z0-9\s_.:/=+\-@]*$/);
export const tagKeys = z.array(tagKey).min(1).max(50);

const tagMap = (most: number): z.ZodType<Record<string, string>> =>
  z.record(tagKey, z.string().max(256)).check((context) => {
    const { length } = Object.keys(context.value);
    if (length === 0 || length > most) {
      context.issues.push({
        code: 'custom',
        input: context.value,
        message: `The map must have between 1 and ${most} entries.`,
      });
    }
  });

export const tags = tagMap(50);
/** Tags of the build instance and its volumes: at most 30. */
export const resourceTags = tagMap(30);

const filter = z.object({
  name: z
    .string()
    .regex(/^[a-zA-Z]{1,1024}$/)
    .optional(),
  values: z
    .array(z.string().regex(/^[0-9a-zA-Z./_ :,{}"-]{1,1024}$/))
    .min(1)
    .max(10)
    .optional(),
});
export type Filter = z.infer<typeof filter>;

/** What every list operation takes. */
export const page = {
  maxResults: z.int().min(1).max(25).optional(),
  nextToken: z.string().min(1).max(65_535).optional(),
};
export const filters = z.array(filter).min(1).max(10).optional();
export const owner = z.enum(['Self', 'Shared', 'Amazon', 'ThirdParty', 'AWSMarketplace']).optional();
