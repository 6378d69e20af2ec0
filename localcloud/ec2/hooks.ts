import { terminate } from './instance-life-cycle.ts';
import { heal, impair } from './instance-status.ts';
import { launch } from './launch.ts';
import type { LaunchInput } from './launch-input.ts';
import { planLaunch } from './launch-plan.ts';
import {
  type FoundLaunchTemplate,
  findLaunchTemplate,
  type LaunchTemplateName,
} from './launch-template-lookup.ts';
import { kindOfId } from './state/ids.ts';
import type { Instance, Vpc } from './state/resources.ts';
import { expectResource, expectResources, type Impairment, type World } from './state/world.ts';
import { retag } from './tag-rules.ts';

/** What AWS does from inside: for tests, and for the rooms of services that use EC2. */
export interface Ec2Hooks {
  /** The real state, whatever Describe calls show: to look at, not to write to. */
  readonly world: World;
  /** The VPC in the real state; undefined when there is none. */
  vpc(vpcId: string): Vpc | undefined;
  /** The instance in the real state; undefined when there is none, or no more. */
  instance(instanceId: string): Instance | undefined;
  /** The launch template's version, `$Default` unless named. Throws EC2's errors for what there is not. */
  launchTemplate(named: LaunchTemplateName, version?: string): FoundLaunchTemplate;
  /** Throws what RunInstances would refuse the request with; launches nothing. */
  checkLaunch(input: LaunchInput): void;
  /**
   * Launches as RunInstances does, with no client token; returns the ids. `awsTags` are the instances' first tags with
   * the reserved prefix `aws:`. Throws RunInstances' errors.
   */
  runInstances(input: LaunchInput, awsTags?: Readonly<Record<string, string>>): readonly string[];
  /** Terminates without asking for termination protection, as Auto Scaling does. */
  terminateInstances(instanceIds: readonly string[]): void;
  /** Sets tags with the reserved prefix `aws:`, which only AWS's services may; `undefined` removes one. */
  setAwsTags(resourceId: string, tags: Readonly<Record<string, string | undefined>>): void;
  /** Makes a status check fail until `healStatusChecks`. */
  failStatusCheck(instanceId: string, check: Impairment['check']): void;
  healStatusChecks(instanceId: string): void;
  /** Ends all that is still to happen by itself: no transition, no event follows. */
  close(): Promise<void>;
}

export function createEc2Hooks(world: World): Ec2Hooks {
  return {
    world,
    vpc: (vpcId) => world.vpcs.get(vpcId),
    instance: (instanceId) => world.instances.get(instanceId),
    launchTemplate: (named, version) => findLaunchTemplate(world, named, version),
    checkLaunch: (input) => void planLaunch(world, input),
    runInstances: (input, awsTags = {}) => {
      const plan = planLaunch(world, input);
      return launch(world, { ...plan, tags: new Map([...plan.tags, ...Object.entries(awsTags)]) }, undefined);
    },
    terminateInstances: (instanceIds) => {
      terminate(world, expectResources(world.instances, 'instance', instanceIds));
    },
    setAwsTags: (resourceId, tags) => {
      const kind = kindOfId(resourceId);
      if (kind === undefined) throw new Error(`${resourceId} is of no kind that has tags`);
      const resource = expectResource(world.shelf(kind), kind, resourceId);
      const changed = new Map(resource.tags);
      for (const [key, value] of Object.entries(tags)) {
        if (value === undefined) changed.delete(key);
        else changed.set(key, value);
      }
      retag(world, kind, resource, changed);
    },
    failStatusCheck: (instanceId, check) => {
      expectResource(world.instances, 'instance', instanceId);
      impair(world, instanceId, check);
    },
    healStatusChecks: (instanceId) => heal(world, instanceId),
    close: () => {
      world.close();
      return Promise.resolve();
    },
  };
}
