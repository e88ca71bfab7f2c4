import type { Operation } from './operation.ts';
import * as componentLists from './componentLists.ts';
import * as components from './components.ts';
import * as distribution from './distribution.ts';
import * as imageEndings from './imageEndings.ts';
import * as imageLists from './imageLists.ts';
import * as images from './images.ts';
import * as infrastructure from './infrastructure.ts';
import * as recipes from './recipes.ts';
import * as tags from './tags.ts';

/** Every operation the stand-in speaks: those the product uses, and no others. */
export const OPERATIONS: readonly Operation[] = [
  components.createComponent,
  components.getComponent,
  componentLists.listComponents,
  componentLists.listComponentBuildVersions,
  components.deleteComponent,
  recipes.createImageRecipe,
  recipes.getImageRecipe,
  recipes.listImageRecipes,
  recipes.deleteImageRecipe,
  infrastructure.createInfrastructureConfiguration,
  infrastructure.getInfrastructureConfiguration,
  infrastructure.listInfrastructureConfigurations,
  infrastructure.updateInfrastructureConfiguration,
  infrastructure.deleteInfrastructureConfiguration,
  distribution.createDistributionConfiguration,
  distribution.getDistributionConfiguration,
  distribution.listDistributionConfigurations,
  distribution.updateDistributionConfiguration,
  distribution.deleteDistributionConfiguration,
  images.createImage,
  images.getImage,
  imageLists.listImages,
  imageLists.listImageBuildVersions,
  imageLists.listImagePackages,
  imageEndings.cancelImageCreation,
  imageEndings.deleteImage,
  tags.tagResource,
  tags.untagResource,
  tags.listTagsForResource,
];
