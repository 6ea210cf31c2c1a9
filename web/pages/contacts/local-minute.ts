/** An instant as inputs of the type `datetime-local` take it: local time to the minute. */
export function localMinute(instant: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  const date = [instant.getFullYear(), two(instant.getMonth() + 1), two(instant.getDate())].join('-');
  return `${date}T${two(instant.getHours())}:${two(instant.getMinutes())}`;
}
