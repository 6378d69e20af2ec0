import type { RoleName } from '../../shared/model/ids.ts';
import type { Outcome } from '../../shared/model/outcome.ts';
import type { Ports, Settings } from '../../shared/reconcile/ports.ts';
import type { ReconcileRequest } from '../../shared/reconcile/reconcile-roles.ts';
import { reconcileRoles } from '../../shared/reconcile/reconcile-roles.ts';
import { roleName } from '../builders/observed.ts';
import { FakeSurroundings } from './fake-surroundings.ts';
import { MemoryEc2 } from './memory-ec2.ts';
import { MemoryHooks } from './memory-hooks.ts';
import { MemoryRoute53 } from './memory-route53.ts';
import { MemoryStore } from './memory-store.ts';
import { Script } from './script.ts';

/** All fakes, joined: a world that the controller can be let loose on, with a script of its own. */
export class Stage {
  readonly script: Script;
  readonly surroundings: FakeSurroundings;
  readonly store: MemoryStore;
  readonly ec2: MemoryEc2;
  readonly route53: MemoryRoute53;
  readonly hooks: MemoryHooks;
  readonly ports: Ports;
  readonly settings: Settings = { region: 'eu-west-1', roleTagKey: 'role', leaseDurationMs: 30_000 };

  constructor(script = new Script()) {
    this.script = script;
    this.surroundings = new FakeSurroundings(script);
    this.store = new MemoryStore(script);
    this.ec2 = new MemoryEc2(script);
    this.route53 = new MemoryRoute53(script);
    this.hooks = new MemoryHooks(script);
    const { store, ec2, route53, hooks, surroundings } = this;
    this.ports = { store, ec2, route53, hooks, surroundings };
  }

  /** One pass over the roles, with all the time it needs. */
  async reconcile(
    names: readonly string[],
    request: Partial<ReconcileRequest> = {},
    ports: Ports = this.ports,
  ): Promise<ReadonlyMap<RoleName, Outcome>> {
    const { outcomes } = await reconcileRoles(ports, this.settings, {
      roles: names.map(roleName),
      hints: new Map(),
      causeOf: () => 'a test',
      readsRecords: false,
      deadlineMs: this.surroundings.now() + 600_000,
      memories: { asked: [], gone: [] },
      learnt: [],
      ...request,
    });
    return outcomes;
  }
}
