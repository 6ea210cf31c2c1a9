/** One entry of a problem document's `errors`. */
export type FieldError = { field: string; message: string };

/** A refused call: becomes an `application/problem+json` document (fact sheet 1.2). */
export class Problem extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: FieldError[] | undefined;
  /** false: the document carries no `type`, as was seen with three titles */
  readonly typed: boolean;
  /** methods of the `Allow` header of a 405 */
  readonly allow: string | undefined;

  constructor(
    status: number,
    title: string,
    detail: string,
    more: { errors?: FieldError[]; typed?: boolean; allow?: string } = {},
  ) {
    super(`${status} ${title}: ${detail}`);
    this.name = 'Problem';
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.errors = more.errors;
    this.typed = more.typed ?? true;
    this.allow = more.allow;
  }
}

/** The document of a problem; `instance` is empty inside the results of `/batches`. */
export function problemDocument(problem: Problem, instance: string): Record<string, unknown> {
  return {
    ...(problem.typed ? { type: 'https://mailchimp.com/developer/marketing/docs/errors/' } : {}),
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    instance,
    ...(problem.errors ? { errors: problem.errors } : {}),
  };
}

/** The HTTP answer to a problem. */
export function problemResponse(problem: Problem, requestId: string): Response {
  return new Response(JSON.stringify(problemDocument(problem, requestId)), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      link: '<https://us21.api.mailchimp.com/schema/3.0/Definitions/ProblemDetailDocument.json>; rel="describedBy"',
      'x-request-id': requestId,
      ...(problem.allow ? { allow: problem.allow } : {}),
    },
  });
}

export function badRequest(detail: string): Problem {
  return new Problem(400, 'Bad Request', detail);
}

export function invalidResource(detail: string, errors?: FieldError[]): Problem {
  return new Problem(400, 'Invalid Resource', detail, errors ? { errors } : {});
}

/** The body does not follow the schema. */
export function schemaProblem(errors: FieldError[]): Problem {
  return invalidResource(
    "The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
    errors,
  );
}

export function mergeProblem(errors: FieldError[]): Problem {
  return invalidResource('Your merge fields were invalid.', errors);
}

export function notFound(): Problem {
  return new Problem(404, 'Resource Not Found', 'The requested resource could not be found.');
}

export function methodNotAllowed(allow: string, detail = 'The requested method and resource are not compatible.') {
  return new Problem(405, 'Method Not Allowed', detail, { allow });
}

export function memberExists(email: string): Problem {
  return new Problem(
    400,
    'Member Exists',
    `${email} is already a list member. Use PUT to insert or update list members.`,
    { typed: false },
  );
}

/** @param existing the variant POST answers for an address that is on the list */
export function complianceState(email: string, existing = false): Problem {
  return new Problem(
    400,
    'Member In Compliance State',
    existing
      ? `${email} is already a list member in compliance state due to unsubscribe, bounce, or compliance review.`
      : `${email} is in a compliance state due to unsubscribe, bounce, or compliance review and cannot be subscribed.`,
    { typed: false },
  );
}

export function forgottenEmail(email: string): Problem {
  return new Problem(
    400,
    'Forgotten Email Not Subscribed',
    `${email} was permanently deleted and cannot be re-imported. The contact must re-subscribe to get back on the list.`,
    { typed: false },
  );
}

export function forbiddenByPlan(): Problem {
  return new Problem(403, 'Authorization Failure', 'User does not have access to the requested operation');
}

export function contactLimitReached(): Problem {
  return new Problem(
    403,
    'Forbidden',
    'Your account has reached the contact limit of its plan. Upgrade to add contacts.',
  );
}

/** What `X-Trigger-Error: <name>` answers (fact sheet 1.2). */
export const TRIGGERED_PROBLEMS: Readonly<Record<string, () => Problem>> = {
  BadRequest: () => badRequest('Your request could not be processed.'),
  InvalidAction: () => new Problem(400, 'Invalid Action', 'The action requested was not valid for this resource.'),
  InvalidResource: () => invalidResource('The resource submitted could not be validated.'),
  JSONParseError: () => new Problem(400, 'JSON Parse Exception', 'We encountered an unspecified JSON parsing error.'),
  APIKeyMissing: () => new Problem(401, 'API Key Missing', 'Your request did not include an API key.'),
  APIKeyInvalid: () => apiKeyInvalid(),
  Forbidden: () => new Problem(403, 'Forbidden', 'You are not permitted to access this resource.'),
  UserDisabled: () => userDisabled(),
  WrongDatacenter: () => new Problem(403, 'Forbidden', "The API key provided is linked to datacenter 'us6'"),
  ResourceNotFound: () => notFound(),
  MethodNotAllowed: () => methodNotAllowed('GET'),
  ResourceNestingTooDeep: () =>
    new Problem(414, 'Resource Nesting Too Deep', 'The sub-resource requested is nested too deeply.'),
  InvalidMethodOverride: () =>
    new Problem(
      422,
      'InvalidMethodOverride',
      'You can only use the X-HTTP-Method-Override header with the POST method.',
    ),
  TooManyRequests: () => tooManyConnections(),
  InternalServerError: () => internalError(),
};

export function apiKeyInvalid(): Problem {
  return new Problem(
    401,
    'API Key Invalid',
    "Your API key may be invalid, or you've attempted to access the wrong datacenter.",
  );
}

export function userDisabled(): Problem {
  return new Problem(403, 'User Disabled', 'This account has been deactivated.');
}

export function tooManyConnections(): Problem {
  return new Problem(429, 'TooManyRequests', 'You have exceeded the limit of 10 simultaneous connections.');
}

export function internalError(): Problem {
  return new Problem(
    500,
    'InternalServerError',
    'A deep, internal error has occurred during the processing of your request. Please contact support.',
  );
}
