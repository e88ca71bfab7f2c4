/** Time from one status to the next in milliseconds, before `timeScale`; together about six seconds. */
export interface Timing {
  readonly pending: number;
  readonly creating: number;
  readonly building: number;
  readonly testing: number;
  readonly distributing: number;
  readonly integrating: number;
  /** From an accepted CancelImageCreation to CANCELLED. */
  readonly cancelling: number;
  /** How long a new image stays invisible to ListImages and ListImageBuildVersions (AWS: up to two minutes). */
  readonly listLag: number;
  /** Multiplies all of the above. */
  readonly timeScale: number;
}

/** Default quotas per region (AWS General Reference, "EC2 Image Builder endpoints and quotas"). The request rate is unpublished. */
export interface Quotas {
  readonly components: number;
  readonly componentsPerRecipe: number;
  /** Characters of a component document read from S3. */
  readonly componentSize: number;
  readonly imageRecipes: number;
  readonly infrastructureConfigurations: number;
  readonly distributionConfigurations: number;
  readonly concurrentBuilds: number;
  /** SSM parameters of one region in a distribution configuration. */
  readonly ssmParametersPerRegion: number;
  readonly requestsPerSecond: number;
  readonly requestBurst: number;
}

export interface Settings {
  readonly timing: Timing;
  readonly quotas: Quotas;
  /** How long an IAM decision or a resolved key is remembered, in milliseconds. */
  readonly iamCacheMs: number;
}

export const DEFAULT_SETTINGS: Settings = {
  timing: {
    pending: 200,
    creating: 400,
    building: 2_500,
    testing: 1_400,
    distributing: 1_200,
    integrating: 300,
    cancelling: 200,
    listLag: 300,
    timeScale: 1,
  },
  quotas: {
    components: 1_000,
    componentsPerRecipe: 20,
    componentSize: 64 * 1024,
    imageRecipes: 1_000,
    infrastructureConfigurations: 1_000,
    distributionConfigurations: 1_000,
    concurrentBuilds: 100,
    ssmParametersPerRegion: 10,
    requestsPerSecond: 50,
    requestBurst: 200,
  },
  iamCacheMs: 5_000,
};
