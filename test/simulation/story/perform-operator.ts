import { normalizeDnsName } from '../../../shared/model/dns-name.ts';
import type { RoleName } from '../../../shared/model/ids.ts';
import { hostedZoneIdSchema, instanceIdSchema, roleNameSchema } from '../../../shared/model/ids.ts';
import type { Role } from '../../../shared/model/observed.ts';
import { roleSpecSchema } from '../../../shared/model/role-spec.ts';
import { slotOf } from '../../../shared/model/role-state.ts';
import { drained, undrained } from '../../../shared/plan/learn.ts';
import { learntBy, updateFacts } from '../../../shared/reconcile/keep-facts.ts';
import type { StoredRole } from '../../../shared/reconcile/ports.ts';
import { Timeline } from '../engine/chronicle.ts';
import { privateZone, publicZone, reverseZone, withIds } from '../engine/network.ts';
import type { Stage, StagedController } from '../engine/stage.ts';
import { stateOf, tag } from './perform-on-instances.ts';
import type { ActionOf } from './story.ts';

/** Who uses the command in stories. */
const by = 'ana';

export async function apply(stage: Stage, { role: name, spec }: ActionOf<'apply'>): Promise<boolean> {
  const { names, chronicle, time, controllers } = stage;
  const parsed = roleSpecSchema.parse(withIds(spec, names));
  const timeline = chronicle.specs.get(name) ?? new Timeline();
  timeline.note(time.now(), parsed);
  chronicle.specs.set(name, timeline);
  const zone = (zoneName: string) => hostedZoneIdSchema.parse(names.get(zoneName));
  const roleName = roleNameSchema.parse(name);
  for (const controller of controllers) {
    const stored = await storedRole(controller, roleName);
    const role: Role = {
      name: roleName,
      spec: parsed,
      version: (stored?.role.version ?? 0) + 1,
      zoneIds: { [publicZone]: zone(publicZone), [privateZone]: zone(privateZone) },
      reverseZones: [{ name: normalizeDnsName(reverseZone), zoneId: zone(reverseZone) }],
    };
    if (!(await controller.catalogue.apply(role))) throw new Error(`${name} was not applied`);
    wake(stage, controller, [name], `apply of ${name}`);
  }
  return true;
}

export async function remove({ chronicle, time, controllers }: Stage, { role }: ActionOf<'remove'>) {
  const timeline = chronicle.specs.get(role);
  if (timeline?.latest === undefined) return false;
  timeline.note(time.now(), undefined);
  for (const { catalogue } of controllers) await catalogue.remove(roleNameSchema.parse(role));
  return true;
}

/** As the command does: words for the state first, then a message that wakes the controller. */
export async function sayWords(
  stage: Stage,
  action: ActionOf<'pin'> | ActionOf<'freeze'> | ActionOf<'failover'>,
): Promise<boolean> {
  const said = { by, atMs: stage.time.now() };
  const role = roleNameSchema.parse(action.role);
  const instanceId = 'name' in action ? instanceIdOf(stage, action.name) : undefined;
  let isSaid = false;
  for (const controller of stage.controllers) {
    const stored = await storedRole(controller, role);
    if (stored === undefined) continue;
    const { generation } = slotOf(stored.state, 0);
    if (action.kind === 'pin') {
      const pin = instanceId === undefined ? undefined : { instanceId, ...said };
      await controller.catalogue.say(role, { pin });
    } else if (action.kind === 'freeze') {
      await controller.catalogue.say(role, { frozen: action.isFrozen ? said : undefined });
    } else {
      const to = instanceId === undefined ? {} : { to: instanceId };
      await controller.catalogue.say(role, { failover: { slot: 0, generation, ...to, ...said } });
    }
    wake(stage, controller, [action.role], `${action.kind} of ${action.role} by ${by}`);
    isSaid = true;
  }
  return isSaid;
}

/** The role goes into the instance's tag, or out of it; one that is to have it is named as the next holder too. */
export async function askForTag(
  stage: Stage,
  { kind, role, name }: ActionOf<'claim' | 'release'>,
): Promise<boolean> {
  const id = instanceIdOf(stage, name);
  const isDefined = stage.chronicle.specs.get(role)?.latest !== undefined;
  if (id === undefined || !isDefined || stateOf(stage, id) === 'terminated') return false;
  const asked = stage.chronicle.instances.get(id)?.roles.latest ?? [];
  const others = asked.filter((each) => each !== role);
  if (kind === 'release' && others.length === asked.length) return false;
  await tag(stage, { kind: 'tag', name, roles: kind === 'claim' ? [...others, role] : others });
  if (kind === 'claim') return sayWords(stage, { kind: 'failover', role, name });
  for (const controller of stage.controllers) wake(stage, controller, [role], `release of ${role} by ${by}`);
  return true;
}

/** Facts of the instance first, then of its roles, then the message. */
export async function drain(stage: Stage, { kind, name }: ActionOf<'drain' | 'undrain'>): Promise<boolean> {
  const id = instanceIdOf(stage, name);
  if (id === undefined || stateOf(stage, id) === 'terminated') return false;
  const change = kind === 'drain' ? drained : undrained;
  for (const controller of stage.controllers) {
    const { store } = controller.intact.ports;
    const memory = await store.rememberedInstance(id);
    const kept = await updateFacts({ store }, id, memory, (facts) => change(facts, stage.time.now(), by));
    for (const learnt of learntBy(memory.roles, id, kept)) await store.learn(learnt);
    if (memory.roles.length > 0) wake(stage, controller, memory.roles, `${kind} of ${id} by ${by}`);
  }
  return true;
}

export async function redrive(stage: Stage): Promise<boolean> {
  const { sqs } = stage.cloud.rooms;
  let isDone = false;
  for (const { stack } of stage.controllers) {
    const deadLetters = sqs.queueByArn(stack.deadLetterArn);
    for (const { body, receiptHandle } of deadLetters.receive(10)) {
      send(stage, stack, body);
      if (receiptHandle !== undefined) deadLetters.delete(receiptHandle);
      isDone = true;
    }
  }
  return isDone;
}

export async function resync({ controllers, lambda }: Stage): Promise<boolean> {
  for (const { stack } of controllers) lambda.resync(stack.name);
  return true;
}

export async function sendToAll(stage: Stage, body: string): Promise<boolean> {
  for (const { stack } of stage.controllers) send(stage, stack, body);
  return true;
}

async function storedRole({ intact }: StagedController, role: RoleName): Promise<StoredRole | undefined> {
  const { stored } = await intact.ports.store.readRoles([role]);
  return stored[0];
}

function instanceIdOf({ names }: Stage, name: string | undefined) {
  return instanceIdSchema.safeParse(name === undefined ? undefined : names.get(name)).data;
}

function wake(stage: Stage, { stack }: StagedController, roles: readonly string[], words: string): void {
  const event = {
    id: stage.random.uuid(),
    source: 'understudy',
    'detail-type': 'Operator Request',
    time: new Date(stage.time.now()).toISOString(),
    detail: { roles, words },
  };
  send(stage, stack, JSON.stringify(event));
}

function send({ cloud }: Stage, { queueArn }: StagedController['stack'], body: string): void {
  cloud.rooms.sqs.queueByArn(queueArn).send({ body, attributes: {}, senderId: by });
}
