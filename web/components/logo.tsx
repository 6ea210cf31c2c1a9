/** The program's mark: two arrows, there and back. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#364fc7" />
      <path
        d="M7 12.5h14.5M17.5 8l4.5 4.5-4.5 4.5M25 19.5H10.5M14.5 15 10 19.5l4.5 4.5"
        fill="none"
        stroke="#fff"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
