/** Errors of the steps of a build, by the names that `compile-template` retries or catches. */

/** The grant is gone, or another execution owns the region build: back to the queue, or to an end. */
export class TurnLost extends Error {
  override readonly name = 'TurnLost';
}

/** Somebody else was writing the same: the same call again will see what became of it. */
export class TryAgain extends Error {
  override readonly name = 'TryAgain';
}

/** Image Builder is still at it: there is nothing to record yet. */
export class ImageNotEnded extends Error {
  override readonly name = 'ImageNotEnded';
}

/** The image failed although its execution was told otherwise: the reconciler records that. */
export class ImageNotMade extends Error {
  override readonly name = 'ImageNotMade';
}

/** AWS checks a published AMI id after it has answered: it does not read back yet. */
export class NotPublishedYet extends Error {
  override readonly name = 'NotPublishedYet';
}

/** The template cannot be compiled, or its image cannot be asked for: trying again changes nothing. */
export class ImpossibleImage extends Error {
  override readonly name = 'ImpossibleImage';
}

/** The AMI to build on is not there (any more): the next scan may name another. */
export class BaseImageGone extends Error {
  override readonly name = 'BaseImageGone';
}
