export function SettingsPage(_: { connectionId?: string; runId?: string }) {
  return null;
}
