export function UndeliveredPage(_: { connectionId?: string; runId?: string }) {
  return null;
}
