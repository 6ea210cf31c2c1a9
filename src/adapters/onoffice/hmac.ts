import { createHmac } from 'node:crypto';

/** The six things that can be done to a resource. */
export type ActionVerb = 'read' | 'create' | 'modify' | 'delete' | 'get' | 'do';

/** The name under which onOffice knows a verb (apidoc "Action"). */
export function actionId(verb: ActionVerb): string {
  return `urn:onoffice-de-ns:smart:2.5:smartml:action:${verb}`;
}

/**
 * Signs one action, version 2 of the scheme (apidoc "Action", official PHP client `src/internal/Request.php`): parameters,
 * resource id and identifier are not signed, so a body may be built anew without changing what the signature means.
 *
 * @param signed.timestamp Unix seconds, the very number that is sent
 * @param signed.secret used as text, not decoded from hex
 * @returns standard Base64 with padding
 */
export function signAction(signed: {
  timestamp: number;
  token: string;
  secret: string;
  resourceType: string;
  verb: ActionVerb;
}): string {
  const message = `${signed.timestamp}${signed.token}${signed.resourceType}${actionId(signed.verb)}`;
  return createHmac('sha256', signed.secret).update(message, 'utf8').digest('base64');
}
