import type { Change } from '../../../shared/model/change.ts';
import type { RoleName } from '../../../shared/model/ids.ts';
import { roleNameSchema } from '../../../shared/model/ids.ts';
import type { RoleState } from '../../../shared/model/role-state.ts';
import type { Invocation } from '../engine/invocation.ts';
import type { FunctionCall } from '../engine/wire.ts';
import type { Counts } from './counts.ts';
import type { StateLog } from './state-log.ts';
import type { Check } from './watch.ts';

/** A claim as it was made, by the invocation that made it. */
interface Claim {
  readonly role: RoleName;
  readonly state: RoleState;
}

/**
 * Whoever moves something has claimed its role, and no call is begun for a claim that another has replaced. AWS has no
 * fence of its own for a call that was on its way by then, or for the SDK's next try of it: where such a call takes effect
 * after the newer claim has settled it is counted, and has to be repaired by the end.
 */
export function movesUnderOwnClaim(log: StateLog, counts: Counts): Check {
  const claims = new Map<Invocation, Map<RoleName, Claim>>();
  const claimsBehind = (call: FunctionCall): readonly Claim[] => {
    const own = [...(claims.get(call.invocation)?.values() ?? [])];
    return own.filter((claim) => isBehind(claim, call));
  };
  const isReplaced = ({ role, state }: Claim, { controller }: Invocation): boolean => {
    const now = log.stateOf(controller, role);
    return now.revision > state.revision && now.lease?.owner !== state.lease?.owner;
  };
  return {
    name: 'no call is begun for a superseded claim',
    onStateWrite: ({ role, before, after, invocation }) => {
      // Whoever asks the owner of a lease to look again claims nothing.
      if (after.lease === undefined || after.revision === before.revision) return [];
      const own = claims.get(invocation) ?? new Map<RoleName, Claim>();
      own.set(role, { role, state: after });
      claims.set(invocation, own);
      return [];
    },
    onSent: (call) => {
      if (!isMoving(call) || call.attempt > 1) return [];
      const behind = claimsBehind(call);
      if (behind.length === 0)
        return [`${call.invocation.id} calls ${call.operation} and has claimed nothing`];
      if (behind.some((claim) => !isReplaced(claim, call.invocation))) return [];
      const roles = behind.map(({ role }) => role).join(', ');
      return [`${call.invocation.id} calls ${call.operation} for ${roles}, which others have claimed since`];
    },
    onEffect: (call) => {
      if (!isMoving(call)) return [];
      const isLate = claimsBehind(call).some((claim) => {
        const now = log.stateOf(call.invocation.controller, claim.role);
        return isReplaced(claim, call.invocation) && now.lease === undefined;
      });
      if (isLate) counts.lateEffects += 1;
      return [];
    },
  };
}

/** Calls that move addresses or records. */
export function isMoving({ service, effect }: FunctionCall): boolean {
  return effect === 'write' && ['ec2', 'route53', 'elasticloadbalancing'].includes(service);
}

function isBehind({ role, state }: Claim, call: FunctionCall): boolean {
  if (call.service === 'route53') return rolesOfBatch(call).has(role);
  const text = JSON.stringify(call.input);
  const intents = state.slots.flatMap(({ intent }) => intent);
  return intents.some((change) => thingsOf(change).some((thing) => text.includes(thing)));
}

/** A batch says in its comment whose it is. */
function rolesOfBatch({ input }: FunctionCall): ReadonlySet<RoleName> {
  const comment = String(Reflect.get(Object(Reflect.get(Object(input), 'ChangeBatch')), 'Comment'));
  const [, roles = ''] = /^Understudy: (.*)$/.exec(comment) ?? [];
  return new Set(
    roles.split(', ').flatMap((each) => roleNameSchema.safeParse(each.split(' ')[0]).data ?? []),
  );
}

/** The ids by which calls name what they move. */
function thingsOf(change: Change): readonly string[] {
  switch (change.kind) {
    case 'associate-address':
    case 'set-reverse-name':
      return [change.allocationId];
    case 'assign-private-ip':
      return [change.privateIp];
    case 'assign-ipv6':
      return [change.ipv6];
    case 'attach-network-interface':
      return [change.networkInterfaceId, ...(change.from === undefined ? [] : [change.from])];
    case 'disable-source-dest-check':
      return [change.networkInterfaceId];
    case 'replace-route':
      return [change.cidr];
    case 'register-target':
    case 'deregister-target':
      return [change.targetGroupArn];
    case 'change-record':
      return [];
  }
}
