export function RunPage(_: { connectionId?: string; runId?: string }) {
  return null;
}
