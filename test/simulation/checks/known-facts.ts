import * as z from 'zod';
import { instanceIdSchema } from '../../../shared/model/ids.ts';
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
      metrics: z.tuple([
        z.object({
          metricStat: z.object({
            metric: z.object({ dimensions: z.object({ InstanceId: instanceIdSchema }) }),
          }),
        }),
      ]),
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

  /** What was told and is not known, to the instance's own memory or to the roles that it asks for. */
  async whatIsForgotten(
    { intact, stack }: StagedController,
    { instances, specs }: Chronicle,
  ): Promise<readonly string[]> {
    const { store } = intact.ports;
    const forgotten: string[] = [];
    for (const { alarm } of this.#alarms.filter(({ controller }) => controller === stack.name)) {
      const { alarmName, state, configuration } = alarm;
      const id = configuration.metrics[0].metricStat.metric.dimensions.InstanceId;
      const memory = await store.rememberedInstance(id);
      const isKnown = (facts: typeof memory.facts | undefined) =>
        (facts?.alarms?.[alarmName]?.timeMs ?? 0) >= state.timestamp;
      const life = instances.get(id);
      if (life?.states.latest !== 'running') continue;
      // Whoever began to ask for a role later, or a role that was defined later, need not know.
      const concerned = memory.roles.filter(
        (role) =>
          life.roles.since(state.timestamp).every((roles) => roles.includes(role)) &&
          specs
            .get(role)
            ?.since(state.timestamp)
            .every((spec) => spec !== undefined),
      );
      if (concerned.length === 0) continue;
      const { stored } = await store.readRoles(concerned);
      const roles = stored.filter((each) => !isKnown(each.state.facts[id])).map(({ role }) => role.name);
      if (!isKnown(memory.facts)) forgotten.push(`${alarmName} was told, and is not known of ${id}`);
      forgotten.push(...roles.map((role) => `${alarmName} was told, and is not known to ${role}`));
    }
    return forgotten;
  }
}
