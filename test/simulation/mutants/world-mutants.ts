import type { Context } from 'aws-lambda';
import type { ChangeRecord } from '../../../shared/model/change.ts';
import type { ObservedInstance } from '../../../shared/model/observed.ts';
import type { InstanceState } from '../../../shared/model/trigger.ts';
import { instanceStateSchema } from '../../../shared/model/trigger.ts';
import type { Mutant } from './mutant.ts';
import { withEc2, withHooks, withRoute53 } from './mutant.ts';

/** Variants that are wrong about the world: what they read of it, how they change it, what they say of that. */
export const worldMutants: readonly Mutant[] = [
  {
    name: 'that deletes a record first and creates it anew afterwards',
    breaks: 'no name is ever recordless',
    seed: 1,
    mutation: () =>
      withRoute53((route53) => ({
        change: async (zoneId, changes, comment) => {
          const deletions = changes.flatMap(({ before }) => (before ? [deletion(before)] : []));
          const creations = changes.flatMap(({ after }) => (after ? [creation(after)] : []));
          if (deletions.length > 0) await route53.change(zoneId, deletions, comment);
          if (creations.length > 0) await route53.change(zoneId, creations, comment);
        },
      })),
  },
  {
    name: 'that writes over records instead of replacing exactly what it knows',
    breaks: 'nothing foreign is touched',
    seed: 106,
    mutation: () => ({
      meddle: (request, call) =>
        call.operation === 'ChangeResourceRecordSets'
          ? { ...request, body: upserted(request.body) }
          : request,
    }),
  },
  {
    name: 'that swallows failures',
    breaks: 'what failed is reported',
    seed: 4,
    mutation: () => ({
      breakEnvironment: (environment) => ({
        ...environment,
        onEvents: async (event, context) => {
          await environment.onEvents(event, context).catch(() => undefined);
          return { batchItemFailures: [] };
        },
      }),
    }),
  },
  {
    name: 'that believes an event over what it reads',
    breaks: 'converges',
    seed: 2,
    mutation: () => {
      const told = new Map<string, InstanceState>();
      return {
        breakEnvironment: (environment) => ({
          ...environment,
          onEvents: (event, context) => {
            for (const { body } of event.Records) {
              const detail = Object(Reflect.get(Object(JSON.parse(body)), 'detail'));
              const state = instanceStateSchema.safeParse(Reflect.get(detail, 'state')).data;
              if (state !== undefined) told.set(String(Reflect.get(detail, 'instance-id')), state);
            }
            return environment.onEvents(event, context);
          },
        }),
        ...withEc2((ec2) => ({
          instancesTagged: async (roles) =>
            (await ec2.instancesTagged(roles)).map((each) => asTold(each, told)),
        })),
      };
    },
  },
  {
    name: 'that does not believe a termination which Describe does not show yet',
    breaks: 'termination is believed',
    seed: 98,
    mutation: () => ({
      breakEnvironment: (environment) => ({
        ...environment,
        onEvents: (event, context) =>
          environment.onEvents(
            {
              Records: event.Records.map((record) => ({
                ...record,
                body: record.body.replace(/"state":"(shutting-down|terminated)"/, '"state":"pending"'),
              })),
            },
            context,
          ),
      }),
    }),
  },
  {
    name: 'that looks at the first reservation only',
    breaks: 'converges',
    seed: 1,
    mutation: () =>
      withEc2((ec2) => ({
        instancesTagged: async (roles) => (await ec2.instancesTagged(roles)).slice(0, 1),
      })),
  },
  {
    name: 'that moves an address without having claimed its role',
    breaks: 'no call is begun for a superseded claim',
    seed: 1,
    mutation: () => ({
      breakController: (controller) => {
        const { store, ec2 } = controller.ports;
        const readRoles: typeof store.readRoles = async (names) => {
          const roles = await store.readRoles(names);
          // What was meant is done again at once, before anybody asks whether it is still meant.
          const meant = roles.stored.flatMap(({ state }) => state.slots.flatMap(({ intent }) => intent));
          for (const change of meant) {
            if (change.kind === 'associate-address') await ec2.make(change).catch(() => undefined);
          }
          return roles;
        };
        return { ...controller, ports: { ...controller.ports, store: { ...store, readRoles } } };
      },
    }),
  },
  {
    name: 'that leaves lifecycle hooks without an answer',
    breaks: 'hooks are answered',
    seed: 6,
    mutation: () => withHooks(() => ({ complete: async () => undefined })),
  },
  {
    name: 'that never looks how much time it has left',
    breaks: 'nothing is begun shortly before the deadline',
    seed: 19,
    mutation: () => ({
      breakEnvironment: ({ onEvents, resync }) => ({
        onEvents: (event, context) => onEvents(event, unhurried(context)),
        resync: (event, context) => resync(event, unhurried(context)),
      }),
    }),
  },
  {
    name: 'that settles claims without having moved an address',
    breaks: 'converges',
    seed: 1,
    mutation: () => withEc2(() => ({ make: async () => undefined })),
  },
  {
    name: 'that writes every record anew at each pass',
    breaks: 'no call is begun for a superseded claim',
    seed: 1,
    mutation: () =>
      withRoute53((route53) => ({
        read: async (names) => {
          const found = await route53.read(names);
          for (const { zoneId, records } of found) {
            const changes = records.map(
              (record): ChangeRecord => ({ kind: 'change-record', before: record, after: record }),
            );
            if (changes.length > 0) await route53.change(zoneId, changes, 'Understudy: again');
          }
          return found;
        },
      })),
  },
];

function unhurried(context: Context): Context {
  return { ...context, getRemainingTimeInMillis: () => 3_600_000 };
}

function deletion(before: NonNullable<ChangeRecord['before']>): ChangeRecord {
  return { kind: 'change-record', before };
}

function creation(after: NonNullable<ChangeRecord['after']>): ChangeRecord {
  return { kind: 'change-record', after };
}

/** Every deletion left out, every creation an UPSERT. */
function upserted(body: string): string {
  const kept = body.replaceAll(/<Change><Action>DELETE<\/Action>.*?<\/Change>/gs, '');
  const isEmpty = !kept.includes('<Change>');
  return isEmpty ? body : kept.replaceAll('<Action>CREATE</Action>', '<Action>UPSERT</Action>');
}

function asTold(instance: ObservedInstance, told: ReadonlyMap<string, InstanceState>): ObservedInstance {
  return { ...instance, state: told.get(instance.instanceId) ?? instance.state };
}
