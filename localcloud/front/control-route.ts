import type { z } from 'zod';
import type { Cloud } from '../cloud.ts';

/** A control request that cannot be granted. */
export class ControlError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
    this.code = code;
  }
}

/** One thing that can be asked of localcloud itself; `summary` goes into its README. */
export interface ControlRoute<Input = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** What follows `/_localcloud/`. */
  readonly name: string;
  readonly summary: string;
  readonly input: z.ZodType<Input>;
  readonly run: (cloud: Cloud<object>, input: Input) => object | Promise<object>;
}

/** Keeps each route's own input type while the table holds them side by side. */
export function route<Input>(definition: ControlRoute<Input>): ControlRoute {
  return definition as ControlRoute;
}
