import type { Controller } from '../../../functions/compose.ts';
import type { Ec2, LifecycleHooks, RoleStore, Route53 } from '../../../shared/reconcile/ports.ts';
import type { LawName } from '../checks/laws.ts';
import type { Mutation } from '../engine/stage.ts';

/** A variant of the code that breaks a law on purpose: the checks must notice. */
export interface Mutant {
  /** What is wrong with it, after "a controller". */
  readonly name: string;
  readonly mutation: () => Mutation;
  /** The law that it breaks, and whose check catches it. */
  readonly breaks: LawName;
  /** A fixed seed that catches it, tried first; the others are tried when it does so no more. */
  readonly seed: number;
}

/** A controller with some of its memory's operations replaced. */
export function withStore(change: (store: RoleStore) => Partial<RoleStore>): Mutation {
  return {
    breakController: (controller) => {
      const { store } = controller.ports;
      return withPorts(controller, { store: { ...store, ...change(store) } });
    },
  };
}

export function withEc2(change: (ec2: Ec2) => Partial<Ec2>): Mutation {
  return {
    breakController: (controller) => {
      const { ec2 } = controller.ports;
      return withPorts(controller, { ec2: { ...ec2, ...change(ec2) } });
    },
  };
}

export function withRoute53(change: (route53: Route53) => Partial<Route53>): Mutation {
  return {
    breakController: (controller) => {
      const { route53 } = controller.ports;
      return withPorts(controller, { route53: { ...route53, ...change(route53) } });
    },
  };
}

export function withHooks(change: (hooks: LifecycleHooks) => Partial<LifecycleHooks>): Mutation {
  return {
    breakController: (controller) => {
      const { hooks } = controller.ports;
      return withPorts(controller, { hooks: { ...hooks, ...change(hooks) } });
    },
  };
}

function withPorts(controller: Controller, ports: Partial<Controller['ports']>): Controller {
  return { ...controller, ports: { ...controller.ports, ...ports } };
}
