import * as z from 'zod';
import type { InstanceId } from '../../../shared/model/ids.ts';
import { instanceIdSchema, roleNameSchema } from '../../../shared/model/ids.ts';
import type { RoleStore } from '../../../shared/reconcile/ports.ts';
import type { Chronicle } from '../engine/chronicle.ts';
import type { Invocation } from '../engine/invocation.ts';
import type { StagedController } from '../engine/stage.ts';
import { parseBody } from './message.ts';
import type { Check } from './watch.ts';

const alarmSchema = z.object({
  source: z.literal('aws.cloudwatch'),
  detail: z.object({
    alarmName: z.string(),
    state: z.object({ timestamp: z.iso.datetime().transform((text) => Date.parse(text)) }),
    configuration: z.object({
      description: z.string().optional(),
      metrics: z.array(
        z.object({
          metricStat: z.object({
            metric: z.object({ dimensions: z.object({ InstanceId: instanceIdSchema }) }),
          }),
        }),
      ),
    }),
  }),
});
type Alarm = z.infer<typeof alarmSchema>['detail'];

/** Remembers what invocations that ended well were told, and no Describe call shows. */
export class ToldFacts {
  readonly #open = new Map<Invocation, readonly Alarm[]>();
  readonly #alarms: { readonly controller: string; readonly alarm: Alarm }[] = [];

  /** Takes note, and never complains. */
  readonly check: Check = {
    name: 'what events told is known',
    onBegin: (invocation, bodies) => {
      this.#open.set(
        invocation,
        bodies.flatMap((body) => alarmSchema.safeParse(parseBody(body)).data?.detail ?? []),
      );
      return [];
    },
    onEnd: (invocation, { kind, failures }) => {
      const alarms = kind === 'ended' && failures === 0 ? (this.#open.get(invocation) ?? []) : [];
      for (const alarm of alarms) this.#alarms.push({ controller: invocation.controller, alarm });
      this.#open.delete(invocation);
      return [];
    },
  };

  /** What was told and is not known, to the instance's own memory or to the roles that it is about. */
  async whatIsForgotten(
    { intact, stack }: StagedController,
    chronicle: Chronicle,
  ): Promise<readonly string[]> {
    const { store } = intact.ports;
    const its = this.#alarms.filter(({ controller }) => controller === stack.name);
    const forgotten = await Promise.all(
      its.flatMap(({ alarm }) => {
        const [metric] = alarm.configuration.metrics;
        const id = metric?.metricStat.metric.dimensions.InstanceId;
        return id === undefined
          ? forgottenOfRole(store, alarm, chronicle)
          : forgottenOfInstance(store, alarm, id, chronicle);
      }),
    );
    return forgotten.flat();
  }
}

async function forgottenOfRole(
  store: RoleStore,
  { alarmName, state, configuration: { description = '' } }: Alarm,
  { specs }: Chronicle,
): Promise<readonly string[]> {
  const role = description.replace('understudy:role=', '');
  if (!wasDefinedSince(specs, role, state.timestamp)) return [];
  const { stored } = await store.readRoles([roleNameSchema.parse(role)]);
  return stored
    .filter((each) => (each.state.alarms[alarmName]?.timeMs ?? 0) < state.timestamp)
    .map(() => `${alarmName} was told, and is not known to ${role}`);
}

async function forgottenOfInstance(
  store: RoleStore,
  { alarmName, state }: Alarm,
  id: InstanceId,
  { instances, specs, lagMaxMs }: Chronicle,
): Promise<readonly string[]> {
  const memory = await store.rememberedInstance(id);
  const isKnown = (facts: typeof memory.facts | undefined) =>
    (facts?.alarms?.[alarmName]?.timeMs ?? 0) >= state.timestamp;
  const life = instances.get(id);
  if (life?.states.latest !== 'running') return [];
  // Whoever began to ask for a role later, or where nobody could see it yet, or a role that was defined later, need not know.
  const seen = life.roles.at(state.timestamp - lagMaxMs) ?? [];
  const concerned = memory.roles.filter(
    (role) =>
      seen.includes(role) &&
      life.roles.since(state.timestamp).every((roles) => roles.includes(role)) &&
      wasDefinedSince(specs, role, state.timestamp),
  );
  if (concerned.length === 0) return [];
  const { stored } = await store.readRoles(concerned);
  const roles = stored.filter((each) => !isKnown(each.state.facts[id])).map(({ role }) => role.name);
  return [
    ...(isKnown(memory.facts) ? [] : [`${alarmName} was told, and is not known of ${id}`]),
    ...roles.map((role) => `${alarmName} was told, and is not known to ${role}`),
  ];
}

function wasDefinedSince(specs: Chronicle['specs'], role: string, sinceMs: number): boolean {
  return (
    specs
      .get(role)
      ?.since(sinceMs)
      .every((spec) => spec !== undefined) === true
  );
}
