/** Whose data a statement may touch; every function of a table is handed one and cannot be called without. */
export type ConnectionScope = { readonly tenantId: string; readonly connectionId: string };
