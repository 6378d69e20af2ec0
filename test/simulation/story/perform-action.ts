import type { Stage } from '../engine/stage.ts';
import { launchGroup, resizeGroup } from './perform-group.ts';
import { changeLife, launch, loseZone, tag, warn } from './perform-on-instances.ts';
import { apply, askForTag, drain, redrive, remove, resync, sayWords, sendToAll } from './perform-operator.ts';
import { giveBack, lag, overwrite, replay, ring, ringForRole, steal } from './perform-others.ts';
import type { Action } from './story.ts';

/**
 * Does what people and AWS do, and says whether it could. What cannot be done any more, because an earlier step is missing
 * or the world went another way, is not done: so a story stays one when steps are taken out of it.
 */
export async function performAction(stage: Stage, action: Action): Promise<boolean> {
  switch (action.kind) {
    case 'launch':
      return launch(stage, action);
    case 'stop':
    case 'start':
    case 'terminate':
      return changeLife(stage, action.kind, action.name);
    case 'interrupt':
    case 'rebalance':
    case 'retire':
      return warn(stage, action.kind, action.name);
    case 'lose-zone':
      return loseZone(stage, action);
    case 'tag':
      return tag(stage, action);
    case 'apply':
      return apply(stage, action);
    case 'remove':
      return remove(stage, action);
    case 'pin':
    case 'freeze':
    case 'failover':
      return sayWords(stage, action);
    case 'claim':
    case 'release':
      return askForTag(stage, action);
    case 'drain':
    case 'undrain':
      return drain(stage, action);
    case 'redrive':
      return redrive(stage);
    case 'alarm':
      return ring(stage, action);
    case 'role-alarm':
      return ringForRole(stage, action);
    case 'replay':
      return replay(stage, action);
    case 'steal':
      return steal(stage, action);
    case 'give-back':
      return giveBack(stage, action);
    case 'group':
      return launchGroup(stage, action);
    case 'resize':
      return resizeGroup(stage, action);
    case 'overwrite':
      return overwrite(stage, action);
    case 'message':
      return sendToAll(stage, action.body);
    case 'resync':
      return resync(stage);
    case 'describe-lag':
      return lag(stage, action);
  }
}
