import { z } from 'zod';
import { onResource } from './iamChecks.ts';
import { isRunning } from '../resources/images.ts';
import { operation } from './operation.ts';
import { hasDependents, notFound, ServiceError } from '../wire/serviceError.ts';
import * as shape from './shapes.ts';

export const cancelImageCreation = operation({
  name: 'CancelImageCreation',
  method: 'PUT',
  path: '/CancelImageCreation',
  input: z.object({ imageBuildVersionArn: shape.imageBuildVersionArn, clientToken: shape.clientToken }),
  iam: ({ imageBuildVersionArn: arn }, { store }) => [
    onResource('CancelImageCreation', arn, store.images.get(arn)?.image.tags),
  ],
  run({ imageBuildVersionArn: arn }, { store, builds }) {
    const found = store.images.get(arn);
    if (found === undefined) throw notFound(arn);
    if (!isRunning(found)) {
      throw new ServiceError(
        'InvalidRequestException',
        `The image '${arn}' is in state '${found.image.state.status}' and cannot be cancelled: only an image in a non-terminal state can.`,
      );
    }
    builds.cancel(arn);
    return { imageBuildVersionArn: arn };
  },
});

export const deleteImage = operation({
  name: 'DeleteImage',
  method: 'DELETE',
  path: '/DeleteImage',
  input: z.object({ imageBuildVersionArn: shape.imageBuildVersionArn }),
  iam: ({ imageBuildVersionArn: arn }, { store }) => [
    onResource('DeleteImage', arn, store.images.get(arn)?.image.tags),
  ],
  run({ imageBuildVersionArn: arn }, { store }) {
    const found = store.images.get(arn);
    if (found === undefined) throw notFound(arn);
    const isParent = [...store.recipes.values()].some(({ recipe }) => recipe.parentImage === arn);
    if (isRunning(found) || isParent) throw hasDependents(arn);
    store.images.delete(arn);
    return { imageBuildVersionArn: arn };
  },
});
