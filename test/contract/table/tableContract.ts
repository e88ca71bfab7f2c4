import { announcementsContract } from './announcements.ts';
import { activityContract, onceContract, scanReportsContract } from './forPeople.ts';
import { baseImagesContract } from './baseImages.ts';
import { commitsContract } from './commits.ts';
import { contentionContract } from './contention.ts';
import { launchesContract } from './launches.ts';
import { potsContract, slotsContract } from './potsAndSlots.ts';
import { regionBuildsContract } from './regionBuilds.ts';
import { stateMachineContract } from './stateMachine.ts';
import type { MakeTable } from './tableUnderTest.ts';
import { amisContract, targetsContract } from './targetsAndAmis.ts';
import { packageChecksContract, packageListsContract } from './packageLists.ts';
import { policiesContract, templatesContract } from './templatesAndPolicies.ts';

/** All suites of the ports that stand on the one table. */
export function tableContract(make: MakeTable, { crowd }: { readonly crowd: number }): void {
  commitsContract(make);
  regionBuildsContract(make);
  stateMachineContract(make);
  targetsContract(make);
  amisContract(make);
  packageListsContract(make);
  packageChecksContract(make);
  baseImagesContract(make);
  templatesContract(make);
  policiesContract(make);
  potsContract(make);
  slotsContract(make);
  announcementsContract(make);
  launchesContract(make);
  scanReportsContract(make);
  onceContract(make);
  activityContract(make);
  contentionContract(make, crowd);
}
