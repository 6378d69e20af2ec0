import { z } from 'zod';
import type { Cloud } from '../cloud.ts';
import { AwsError } from '../core/aws-error.ts';
import type { WireRequest, WireResponse } from '../core/service.ts';
import { ControlError, type ControlRoute } from './control-route.ts';
import { controlRoutes } from './control-routes.ts';

const prefix = '/_localcloud/';

/** Whether a path is localcloud's own and not AWS's. */
export function isControlPath(path: string): boolean {
  return path.startsWith(prefix);
}

/**
 * Answers a control route: JSON in (the body, or the query string of a GET or DELETE) and JSON out. What is wrong comes
 * back as `{ "error": { "code", "message" } }`, a room's refusal with AWS's own code; an unknown route, method or field
 * is named.
 */
export async function answerControl(cloud: Cloud<object>, request: WireRequest): Promise<WireResponse> {
  try {
    const route = findRoute(request);
    const input = route.input.safeParse(inputOf(request));
    if (!input.success) throw new ControlError(400, 'InvalidInput', z.prettifyError(input.error));
    return json(200, await route.run(cloud, input.data));
  } catch (error) {
    if (!(error instanceof ControlError || error instanceof AwsError)) throw error;
    return json(error.status, { error: { code: error.code, message: error.message } });
  }
}

function findRoute({ method, path }: WireRequest): ControlRoute {
  const name = path.slice(prefix.length);
  const routes = controlRoutes.filter((route) => route.name === name);
  if (routes.length === 0) {
    const known = [...new Set(controlRoutes.map((route) => route.name))].join(', ');
    throw new ControlError(404, 'UnknownRoute', `there is no control route ${path}; there are: ${known}`);
  }
  const route = routes.find((each) => each.method === method);
  if (route !== undefined) return route;
  const allowed = routes.map((each) => each.method).join(', ');
  throw new ControlError(405, 'MethodNotAllowed', `${path} takes ${allowed}, not ${method}`);
}

function inputOf({ method, query, body }: WireRequest): unknown {
  if (method === 'GET' || method === 'DELETE') return Object.fromEntries(query);
  try {
    return JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new ControlError(400, 'InvalidInput', 'the body is not JSON');
  }
}

function json(status: number, value: object): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
