import type { Action, Story } from './story.ts';

/** A story as people would tell it: what was there, and then what happened when. */
export function narrate(story: Story): readonly string[] {
  const roles = Object.entries(story.roles).map(([name, spec]) => `role ${name}: ${JSON.stringify(spec)}`);
  const steps = story.steps.map(({ atMs, action }) => ({ atMs, words: actionWords(action) }));
  const strikes = story.strikes.map(({ at, fault }) => {
    const [ms = '0', ...what] = at.split(' ');
    return { atMs: Number(ms), words: `  ${fault} at ${what.join(' ')}` };
  });
  const storms = story.storms.map(({ fromMs, untilMs, chances }) => ({
    atMs: fromMs,
    words: `  storm until ${timeWords(untilMs)}: ${JSON.stringify(chances)}`,
  }));
  const events = [...steps, ...strikes, ...storms].toSorted((a, b) => a.atMs - b.atMs);
  return [
    ...(story.controllers === 2 ? ['two stacks are deployed over the same roles'] : []),
    ...roles,
    ...events.map(({ atMs, words }) => `${timeWords(atMs)}  ${words}`),
  ];
}

export function timeWords(atMs: number): string {
  const minutes = Math.floor(atMs / 60_000);
  return `${String(minutes).padStart(3)}:${((atMs % 60_000) / 1_000).toFixed(3).padStart(6, '0')}`;
}

function actionWords(action: Action): string {
  switch (action.kind) {
    case 'launch':
      return `launch ${action.name} in ${action.subnet} for ${action.roles.join(', ') || 'no role'}`;
    case 'stop':
    case 'start':
    case 'terminate':
      return `${action.kind} ${action.name}`;
    case 'interrupt':
      return `warn of the Spot interruption of ${action.name}`;
    case 'rebalance':
      return `recommend to replace ${action.name}, which may be interrupted`;
    case 'retire':
      return `AWS Health announces that ${action.name} is to be stopped`;
    case 'lose-zone':
      return `everything in ${action.subnet} is gone at once`;
    case 'tag':
      return `tag ${action.name} for ${action.roles.join(', ') || 'no role'}`;
    case 'apply':
      return `apply ${action.role} as ${JSON.stringify(action.spec)}`;
    case 'remove':
      return `remove the role ${action.role}`;
    case 'pin':
      return action.name === undefined ? `unpin ${action.role}` : `pin ${action.role} to ${action.name}`;
    case 'freeze':
      return `${action.isFrozen ? 'freeze' : 'thaw'} ${action.role}`;
    case 'failover':
      return `ask for a failover of ${action.role}${action.name === undefined ? '' : ` to ${action.name}`}`;
    case 'claim':
      return `claim ${action.role} for ${action.name}`;
    case 'release':
      return `release ${action.name} from ${action.role}`;
    case 'drain':
    case 'undrain':
      return `${action.kind} ${action.name}`;
    case 'redrive':
      return 'put what was given up back into the queue';
    case 'alarm':
      return `the alarm of ${action.name} is in ${action.state}`;
    case 'role-alarm':
      return `the alarm of the role ${action.role} is in ${action.state}`;
    case 'replay':
      return `replay the last ${action.minutes} minutes`;
    case 'steal':
      return `somebody puts ${action.elasticIp} on ${action.name}`;
    case 'give-back':
      return `somebody gives ${action.elasticIp} back`;
    case 'group':
      return `an Auto Scaling group ${action.name} of ${action.size} with hooks for ${action.roles.join(', ')}`;
    case 'resize':
      return `the group ${action.name} is to have ${action.size}`;
    case 'overwrite':
      return `somebody writes ${action.value} over the record ${action.name}`;
    case 'message':
      return `a message gets into the queue: ${action.body}`;
    case 'resync':
      return 'a pass over all roles';
    case 'describe-lag':
      return `Describe calls lag by up to ${action.lagMs} ms`;
  }
}
