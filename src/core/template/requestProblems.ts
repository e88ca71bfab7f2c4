import type { Architecture } from '../words.ts';
import type { ImageRequest } from './imageRequest.ts';
import { reservedTags, tagProblems } from './imageTags.ts';
import type { Tags } from './imageTags.ts';
import { instanceArchitecture } from './instanceArchitecture.ts';
import { AMI_ID, INSTANCE_TYPE } from './names.ts';
import { offeredInstanceTypes } from './offeredInstanceTypes.ts';
import { MAX_COMPONENTS } from './packComponents.ts';

/** Accounts an AMI can be shared with by one distribution (Image Builder API, AccountList). */
const MAX_ACCOUNTS = 1_536;

/** Everything Image Builder or EC2 would refuse of a request, in sentences. */
export function requestProblems(request: ImageRequest, tags: Tags): readonly string[] {
  const { template, architecture, settings, parentImage, attempt } = request;
  const types = offeredInstanceTypes(template, settings.instanceTypes, architecture);
  const count = request.components.length + template.components.length;
  const accounts = request.launchPermission?.userIds ?? [];
  return [
    ...reservedTags(settings.mandatoryTags),
    ...tagProblems(tags),
    ...when(
      !template.architectures.includes(architecture),
      `The template "${template.slug}" is not built for ${architecture}.`,
    ),
    ...when(!AMI_ID.pattern.test(parentImage.id), `"${parentImage.id}" is not ${AMI_ID.expected}.`),
    ...when(!Number.isInteger(attempt) || attempt < 1, `The attempt must be 1 or more, not ${attempt}.`),
    ...when(
      count === 0 || count > MAX_COMPONENTS,
      `A recipe takes 1 to ${MAX_COMPONENTS} components, not ${count}.`,
    ),
    ...when(
      types.length === 0,
      `No instance types are configured for ${architecture} in ${settings.region}.`,
    ),
    ...types.flatMap((type) => instanceTypeProblems(type, architecture)),
    ...when(
      accounts.length > MAX_ACCOUNTS,
      `An image can be shared with ${MAX_ACCOUNTS} accounts, not ${accounts.length}; share it with an organizational unit.`,
    ),
    ...accounts
      .filter((id) => !/^\d{12}$/.test(id))
      .map((id) => `"${id}" is not an account id of twelve digits.`),
  ];
}

function instanceTypeProblems(type: string, architecture: Architecture): readonly string[] {
  if (!INSTANCE_TYPE.pattern.test(type)) return [`"${type}" is not ${INSTANCE_TYPE.expected}.`];
  return when(
    instanceArchitecture(type) !== architecture,
    `The instance type ${type} cannot build ${architecture} images.`,
  );
}

function when(wrong: boolean, sentence: string): readonly string[] {
  return wrong ? [sentence] : [];
}
