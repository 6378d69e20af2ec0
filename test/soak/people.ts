import { stringify } from 'yaml';
import { roleSpecSchema } from '../../shared/model/role-spec.ts';
import { launchInstance } from '../simulation/engine/launch-instance.ts';
import { withIds } from '../simulation/engine/network.ts';
import type { Action } from '../simulation/story/story.ts';
import { ControlRefused } from './control.ts';
import { launchGroup, resizeGroup } from './groups.ts';
import { changeLife, loseZone, tag, warn } from './instances.ts';
import { giveBack, overwrite, ring, ringForRole, steal } from './others.ts';
import type { Doing } from './soaking.ts';

/**
 * Does what people and AWS do, over HTTP. What the world does not allow any more (an instance that is gone, a group that
 * is not there) is not done.
 */
export async function performAction(doing: Doing, action: Action): Promise<void> {
  try {
    await perform(doing, action);
  } catch (error) {
    if (!isTooLate(error)) throw error;
    doing.tell(`  not done: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Errors by which AWS says that the world has gone another way meanwhile. */
const tooLateNames = [
  'IncorrectInstanceState',
  'IncorrectState',
  'InvalidAllocationID.NotFound',
  'InvalidAssociationID.NotFound',
  'InvalidInstanceID',
  'InvalidInstanceID.NotFound',
  'RequestLimitExceeded',
];

function isTooLate(error: unknown): boolean {
  return error instanceof ControlRefused || (error instanceof Error && tooLateNames.includes(error.name));
}

async function perform(doing: Doing, action: Action): Promise<void> {
  const { stage } = doing;
  switch (action.kind) {
    case 'launch':
      return launchInstance(stage, action);
    case 'lose-zone':
      return loseZone(stage, action);
    case 'apply':
      return applySpecs(doing, { [action.role]: action.spec });
    case 'remove':
      doing.chronicle.noteSpec(action.role, stage.cloud.clock.now(), undefined);
      return understudy(doing, ['roles', 'remove', action.role, '--yes']);
    case 'freeze':
      if (action.isFrozen) doing.chronicle.frozen.add(action.role);
      return understudy(doing, [action.isFrozen ? 'freeze' : 'thaw', action.role]);
    case 'redrive':
    case 'resync':
      return understudy(doing, [action.kind]);
    case 'replay':
      return understudy(doing, ['replay', '--since', `${action.minutes}m`]);
    case 'give-back':
      return giveBack(doing, stage.names.get(action.elasticIp) ?? '');
    case 'group':
      return launchGroup(stage, action);
    case 'resize':
      return resizeGroup(stage, action);
    case 'role-alarm':
      return ringForRole(stage, action);
    case 'overwrite':
      return overwrite(doing, action);
    case 'message':
      await stage.ask('sqs', 'SendMessage', {
        QueueUrl: stage.deployment.queueUrl,
        MessageBody: action.body,
      });
      return;
    case 'describe-lag':
      await stage.control.put('lag', { describeMs: action.lagMs });
      return;
    case 'pin':
      if (action.name === undefined) return understudy(doing, ['unpin', action.role]);
      return performOnInstance(doing, action, action.name);
    case 'failover':
      if (action.name === undefined) return understudy(doing, ['failover', action.role]);
      return performOnInstance(doing, action, action.name);
    default:
      return performOnInstance(doing, action, action.name);
  }
}

type OnInstance = Extract<Action, { readonly name?: string | undefined }>;

async function performOnInstance(doing: Doing, action: OnInstance, name: string): Promise<void> {
  const id = doing.stage.names.get(name);
  if (id === undefined) return;
  switch (action.kind) {
    case 'stop':
    case 'start':
    case 'terminate':
      return changeLife(doing.stage, action.kind, id);
    case 'interrupt':
    case 'rebalance':
    case 'retire':
      return warn(doing, action.kind, id);
    case 'tag':
      return tag(doing.stage, action, id);
    case 'alarm':
      return ring(doing.stage, action, id);
    case 'steal':
      return steal(doing, action, id);
    case 'drain':
      doing.chronicle.drained.add(id);
      return understudy(doing, ['drain', id]);
    case 'undrain':
      return understudy(doing, ['undrain', id]);
    case 'failover':
      return understudy(doing, ['failover', action.role, '--to', id]);
    case 'pin':
      doing.chronicle.pinned.add(action.role);
      return understudy(doing, ['pin', action.role, id]);
    case 'claim':
    case 'release':
      return understudy(doing, [action.kind, action.role, id]);
  }
}

/** Runs a command of the operator; what it refuses is told, and that is all. */
export async function understudy({ stage, tell }: Doing, argv: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await stage.understudy(argv);
  if (exitCode !== 0) tell(`  understudy ${argv.join(' ')} ends with ${exitCode}: ${stderr.trim()}`);
}

/**
 * Defines roles, or changes them, by a roles file.
 * @throws Error when the command does not take it.
 */
export async function applySpecs(
  { stage, chronicle }: Doing,
  specs: Readonly<Record<string, object>>,
): Promise<void> {
  const roles = withIds(specs, stage.names) as Readonly<Record<string, object>>;
  for (const [role, spec] of Object.entries(roles)) {
    chronicle.noteSpec(role, stage.cloud.clock.now(), roleSpecSchema.parse(spec));
  }
  const file = stringify({ roles });
  const { exitCode, stderr } = await stage.understudy(['roles', 'apply', '-', '--yes'], file);
  if (exitCode !== 0) throw new Error(`roles apply ends with ${exitCode}: ${stderr}\n${file}`);
}
