import type { Role } from '../../api-types.ts';

/** Roles from the least to the most that one may do. */
export const ROLE_ORDER: readonly Role[] = ['reader', 'editor', 'administrator'];

export const SHORTEST_PASSWORD = 10;
