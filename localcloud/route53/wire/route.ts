import type { StructureShape } from './shapes.ts';

/** Where an input parameter stands in the query string. */
export interface QueryParameter {
  readonly parameter: string;
  readonly shape: 'string' | 'integer';
}

/** How one operation is written in HTTP. Its XML roots are its name with `Request` and `Response`. */
export interface Route {
  readonly operation: string;
  readonly method: string;
  /** `{Name}` segments are the input parameters of that name. */
  readonly path: string;
  /** By the name in the query string. */
  readonly query?: Readonly<Record<string, QueryParameter>>;
  readonly input?: StructureShape;
  readonly output?: StructureShape;
  readonly status?: number;
}
