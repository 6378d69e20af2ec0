import { expect } from 'vitest';
import { LocalOperator } from '../../cli/local-operator.ts';
import { untag } from '../tagging.ts';
import type { Ground, Place } from './ground.ts';
import type { AddressCase, AddressScene } from './kinds.ts';

/** A call of the controller that changes something. */
interface Write {
  readonly operation: string;
  /** Among those of its name, from 1. */
  readonly nth: number;
}

/** A role with one address of the kind and a record of the holder's private address. */
export class Act {
  readonly role: string;
  readonly scene: AddressScene;
  readonly #ground: Ground;
  readonly #instances: string[] = [];
  readonly #more: object;

  private constructor(ground: Ground, scene: AddressScene, more: object) {
    this.#ground = ground;
    this.scene = scene;
    this.#more = more;
    this.role = `role-${ground.nextNumber()}`;
  }

  static async open(ground: Ground, kind: AddressCase, more: object): Promise<Act> {
    const act = new Act(ground, await kind.prepare(ground), more);
    await act.define();
    return act;
  }

  async define(overrides: object = {}): Promise<void> {
    await this.#ground.theatre.define(this.role, {
      addresses: this.scene.addresses,
      records: [{ zone: 'corp.internal', name: this.#name, value: 'privateName' }],
      ...this.#more,
      ...overrides,
    });
  }

  get #name(): string {
    return `${this.role}.corp.internal`;
  }

  async launch(...places: readonly Place[]): Promise<readonly string[]> {
    const ids = await this.#ground.launch(this.role, ...places);
    this.#instances.push(...ids);
    return ids;
  }

  /** All events of the role's instances come once more, and a resync is due. */
  async replayAll(): Promise<void> {
    const { theatre } = this.#ground;
    await theatre.settle();
    await theatre.replay(this.#instances.flatMap((id) => theatre.events(id)));
    await theatre.settle(60_000);
  }

  /** Takes the tag from the holder: it lives on, and has to let go. */
  async moveByTag(holder: string): Promise<void> {
    await untag(this.#ground.theatre, holder);
    await this.#ground.theatre.settle();
  }

  /** The writes of the controller since a point of the call log, each by its number among those of its name. */
  writesOfFunctions(sequence: number): readonly Write[] {
    const seen = new Map<string, number>();
    return this.#ground.writesSince(sequence).map((operation) => {
      const nth = (seen.get(operation) ?? 0) + 1;
      seen.set(operation, nth);
      return { operation, nth };
    });
  }

  /** Ends the function that makes the call, once it has had its effect; the answer counts how often that came to pass. */
  killAfter({ operation, nth }: Write): () => number | undefined {
    const { faults } = this.#ground.theatre.stage.cloud;
    const id = faults.add({ operation, nth, fault: { kind: 'caller-killed', when: 'after-effect' } });
    return () => {
      const struck = faults.list().find((each) => each.id === id)?.struck;
      faults.remove(id);
      return struck;
    };
  }

  /** The holder has the whole address, alone, and the record; the state says so and nothing is left to settle. */
  async expectWith(holder: string, generation: number): Promise<void> {
    const { theatre } = this.#ground;
    expect(await this.scene.carriers()).toEqual([holder]);
    expect(await theatre.record(this.#name)).toBe((await theatre.instance(holder)).PrivateDnsName);
    expect(await theatre.slot(this.role)).toMatchObject({ holder, generation, intent: [] });
    const moves = (await theatre.history(this.role)).filter((entry) => entry.generation === generation);
    expect(moves).toMatchObject([{ to: holder, outcome: 'converged' }]);
  }

  /** What the command says is to be done. */
  async plan(): Promise<string> {
    const { stdout } = await new LocalOperator(this.#ground.theatre).run(`plan ${this.role}`);
    return stdout;
  }

  async refusals(): Promise<readonly string[]> {
    const { slots } = await this.#status();
    return slots.flatMap(({ refusals }) => refusals.map(({ code }) => code));
  }

  async verdictOn(instanceId: string): Promise<string | undefined> {
    const { candidates } = await this.#status();
    return candidates.find((each) => each.instanceId === instanceId)?.words;
  }

  async #status(): Promise<RoleStatus> {
    const { roles } = (await new LocalOperator(this.#ground.theatre).read(`status ${this.role}`)) as {
      readonly roles: readonly [RoleStatus];
    };
    return roles[0];
  }
}

/** The part of `understudy status --json` that is looked at. */
interface RoleStatus {
  readonly candidates: readonly { readonly instanceId: string; readonly words: string }[];
  readonly slots: readonly { readonly refusals: readonly { readonly code: string }[] }[];
}
