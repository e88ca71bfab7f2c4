import { distributionFailed } from './buildFailure.ts';
import type { BuildContext } from './imageBuild.ts';
import type { StoredImage } from '../resources/store.ts';

/** The service-linked role may write here; every other name needs an execution role that may. */
const OWN_PREFIX = '/imagebuilder/';

/** Writes the AMI id to the parameters a distribution names. @throws BuildFailure as the first region refuses */
export async function putSsmParameters(
  { image }: StoredImage,
  { store, sides }: BuildContext,
): Promise<void> {
  const { account, region: home } = store.place;
  for (const { region = home, ssmParameterConfigurations = [] } of image.distributionConfiguration
    ?.distributions ?? []) {
    const ami = image.outputResources.amis?.find((each) => each.region === region)?.image;
    for (const { parameterName = '', dataType = 'text' } of ssmParameterConfigurations) {
      if (ami === undefined) continue;
      if (!parameterName.startsWith(OWN_PREFIX) && image.executionRole === undefined) {
        throw distributionFailed(
          'INTEGRATING',
          home,
          region,
          `User: arn:aws:sts::${account}:assumed-role/AWSServiceRoleForImageBuilder/ImageBuilder is not authorized to perform: ssm:PutParameter on resource: arn:aws:ssm:${region}:${account}:parameter/${parameterName.replace(/^\//, '')} because no identity-based policy allows the ssm:PutParameter action`,
        );
      }
      await sides.ssm.put({ account, region }, { name: parameterName, value: ami, dataType });
    }
  }
}
