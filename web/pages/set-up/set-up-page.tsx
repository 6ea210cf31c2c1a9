export function SetUpPage(_: { connectionId?: string; runId?: string }) {
  return null;
}
